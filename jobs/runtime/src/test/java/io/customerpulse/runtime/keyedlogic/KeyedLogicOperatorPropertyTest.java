package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/**
 * Whatever the size of the cache and wherever the operator is stopped and restored, it sends what
 * one sends that never stops and keeps everything in memory. Within one watermark keys may come in
 * any order, so what is compared is sorted between watermarks.
 */
class KeyedLogicOperatorPropertyTest {
  private static final int STEPS = 300;
  private static final int KEYS = 12;
  private static final int ALL = 1_000;

  @Test
  void onTheHeap() throws Exception {
    for (long seed = 0; seed < 100; seed++) {
      compare(new HashMapStateBackend(), seed);
    }
  }

  @Test
  void onRocksDb() throws Exception {
    for (long seed = 1_000; seed < 1_010; seed++) {
      compare(new EmbeddedRocksDBStateBackend(false), seed);
    }
  }

  private static void compare(StateBackend backend, long seed) throws Exception {
    List<String> expected = run(new HashMapStateBackend(), seed, ALL, false);
    int capacity = 1 + new Random(seed).nextInt(KEYS);
    assertThat(run(backend, seed, capacity, true))
        .as("seed %d, cache of %d", seed, capacity)
        .isEqualTo(expected);
  }

  private static List<String> run(
      StateBackend backend, long seed, int capacity, boolean interrupted) throws Exception {
    Random story = new Random(seed);
    Random interruptions = new Random(~seed);
    KeyedLogicHarness operator = new KeyedLogicHarness(backend, capacity);
    try {
      long watermark = 0;
      for (int step = 0; step < STEPS; step++) {
        if (story.nextInt(4) == 0) {
          watermark += story.nextInt(400);
          operator.watermark(watermark);
        } else {
          long time = watermark - 50 + story.nextInt(300);
          long wakeAfter = story.nextInt(3) == 0 ? 0 : 1 + story.nextInt(2_000);
          operator.event("key" + story.nextInt(KEYS), time, wakeAfter);
        }
        if (interrupted && interruptions.nextInt(10) == 0) {
          operator.snapshot();
        }
        if (interrupted && interruptions.nextInt(25) == 0) {
          operator.restart();
        }
      }
      operator.watermark(Long.MAX_VALUE - 1_000);
      return sortedBetweenWatermarks(operator.sent());
    } finally {
      operator.close();
    }
  }

  private static List<String> sortedBetweenWatermarks(List<Object> sent) {
    List<String> sorted = new ArrayList<>();
    int start = 0;
    for (Object each : sent) {
      sorted.add(each.toString());
      if (each instanceof Long) {
        sorted.subList(start, sorted.size() - 1).sort(null);
        start = sorted.size();
      }
    }
    return sorted;
  }
}
