package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/**
 * Whatever the size of the cache and wherever the operator is stopped and restored, it sends what
 * one sends that never stops and keeps everything in memory. Within one watermark keys may come in
 * any order, so what is compared is sorted between watermarks. After every step, on RocksDB after
 * every restart, what it keeps is held against a run without a cache.
 */
class KeyedLogicOperatorPropertyTest {
  private static final int STEPS = 300;
  private static final int KEYS = 12;
  private static final int ALL = 1_000;

  @Test
  void onTheHeap() throws Exception {
    Seeds.tryEach(getClass(), 20, 10, seed -> compare(new HashMapStateBackend(), seed));
  }

  @Test
  void onRocksDb() throws Exception {
    Seeds.tryEach(getClass(), 3, 1, seed -> compare(new EmbeddedRocksDBStateBackend(false), seed));
  }

  private static void compare(StateBackend backend, long seed) throws Exception {
    compare(backend, seed, false);
    compare(backend, seed, true);
  }

  private static void compare(StateBackend backend, long seed, boolean ordered) throws Exception {
    List<String> expected = run(new HashMapStateBackend(), seed, ALL, ordered, false);
    int capacity = 1 + new Random(seed).nextInt(KEYS);
    assertThat(run(backend, seed, capacity, ordered, true))
        .as("seed %d, cache of %d, ordered: %b", seed, capacity, ordered)
        .isEqualTo(expected);
  }

  private static List<String> run(
      StateBackend backend, long seed, int capacity, boolean ordered, boolean interrupted)
      throws Exception {
    Random story = new Random(seed);
    Random interruptions = new Random(~seed);
    Uncached uncached = new Uncached(ordered);
    // Gone through, RocksDB's queue of timers begins at the timer with which it was last emptied.
    // It
    // leaves out earlier ones that were set since, though it counts them and fires them when they
    // are due. One that has just been restored leaves out none.
    boolean watched = backend instanceof HashMapStateBackend;
    KeyedLogicHarness operator =
        ordered
            ? KeyedLogicHarness.ordered(backend, capacity)
            : new KeyedLogicHarness(backend, capacity);
    try {
      long watermark = 0;
      for (int step = 0; step < STEPS; step++) {
        if (story.nextInt(4) == 0) {
          watermark += story.nextInt(400);
          operator.watermark(watermark);
          uncached.watermark(watermark);
        } else {
          long time = watermark - 50 + story.nextInt(300);
          long wakeAfter = story.nextInt(3) == 0 ? 0 : 1 + story.nextInt(2_000);
          String key = "key" + story.nextInt(KEYS);
          operator.event(key, time, wakeAfter);
          uncached.event(key, time, wakeAfter);
        }
        String place = String.format(Locale.ROOT, "seed %d, step %d", seed, step);
        if (watched) {
          checkBetweenInputs(operator, uncached, place);
        }
        if (interrupted && interruptions.nextInt(10) == 0) {
          operator.snapshot();
          if (watched) {
            checkFlushed(operator, uncached, place);
          }
        }
        if (interrupted && interruptions.nextInt(25) == 0) {
          operator.restart();
          checkFlushed(operator, uncached, place);
        }
      }
      operator.watermark(Long.MAX_VALUE - 1_000);
      return sortedBetweenWatermarks(operator.sent());
    } finally {
      operator.close();
    }
  }

  /** No key has two timers, and whatever isn't in memory is in the backend as it should be. */
  private static void checkBetweenInputs(
      KeyedLogicHarness operator, Uncached uncached, String place) throws Exception {
    Map<String, StoredState<String>> kept = operator.kept();
    Map<String, List<Long>> timers = operator.timersByKey();
    assertThat(timers.values()).as(place).allSatisfy(each -> assertThat(each).hasSize(1));
    Set<String> elsewhere = new TreeSet<>(uncached.states().keySet());
    elsewhere.removeAll(operator.cachedKeys());
    assertThat(kept.keySet()).as(place).containsAll(elsewhere);
    for (String key : elsewhere) {
      checkKept(key, kept, timers, uncached, place);
    }
  }

  /** Behind a barrier the backend has everything, and nothing is left to be written. */
  private static void checkFlushed(KeyedLogicHarness operator, Uncached uncached, String place)
      throws Exception {
    int written = operator.metrics().written;
    operator.snapshot();
    assertThat(operator.metrics().written).as("%s: written twice", place).isEqualTo(written);
    Map<String, StoredState<String>> kept = operator.kept();
    Map<String, List<Long>> timers = operator.timersByKey();
    assertThat(kept.keySet()).as(place).isEqualTo(uncached.states().keySet());
    // A wake that has been called off leaves its timer, which does nothing when it is due.
    assertThat(kept.keySet()).as(place).containsAll(timers.keySet());
    for (String key : kept.keySet()) {
      checkKept(key, kept, timers, uncached, place);
    }
  }

  /** The state, its next wake, and for that one timer, at or before it. */
  private static void checkKept(
      String key,
      Map<String, StoredState<String>> kept,
      Map<String, List<Long>> timers,
      Uncached uncached,
      String place) {
    long dueMillis = uncached.wakes().getOrDefault(key, StoredState.NEVER);
    assertThat(kept.get(key).state())
        .as("%s: %s", place, key)
        .isEqualTo(uncached.states().get(key));
    assertThat(kept.get(key).dueMillis()).as("%s: wake of %s", place, key).isEqualTo(dueMillis);
    if (dueMillis != StoredState.NEVER) {
      assertThat(timers).as("%s: timer of %s", place, key).containsKey(key);
      assertThat(timers.get(key).get(0))
          .as("%s: timer of %s", place, key)
          .isEqualTo(kept.get(key).registeredMillis())
          .isLessThanOrEqualTo(dueMillis);
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
