package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.runtime.keyedlogic.Tally.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in whatever order, is handed over once, in the order of its time, when the
 * watermark has passed it and not before; and it is so where the operator is stopped, killed and
 * restored with another parallelism.
 */
class ReorderBufferPropertyTest {
  private static final int MAX_PARALLELISM = 12;
  private static final int ROUNDS = 60;

  /** So that a group has several chunks. */
  private static final String LONG_KEY = "k".repeat(ReorderBuffer.CHUNK_BYTES / 8);

  @Test
  void onTheHeap() throws Exception {
    Seeds.tryEach(getClass(), 10, 10, seed -> tryOut(new HashMapStateBackend(), seed));
  }

  @Test
  void onRocksDb() throws Exception {
    Seeds.tryEach(getClass(), 2, 1, seed -> tryOut(new EmbeddedRocksDBStateBackend(false), seed));
  }

  private static void tryOut(StateBackend backend, long seed) throws Exception {
    Random random = new Random(seed);
    List<Event> waiting = new ArrayList<>();
    Subtasks subtasks = new Subtasks(backend, 1, null, 0);
    long watermark = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = random.nextInt(40); i > 0; i--) {
          String key = (random.nextInt(4) == 0 ? LONG_KEY : "k") + random.nextInt(50);
          long ahead = random.nextInt(5) == 0 ? 100_000 : 2_000;
          Event event = new Event(key, watermark + 1 + random.nextLong(ahead), 0);
          subtasks.event(event);
          waiting.add(event);
        }
        if (random.nextInt(3) == 0) {
          subtasks = subtasks.restarted(1 + random.nextInt(4));
        }
        watermark += random.nextInt(3_000);
        assertThat(subtasks.released(watermark))
            .as("seed %d, round %d", seed, round)
            .containsExactlyElementsOf(due(waiting, watermark));
        long passed = watermark;
        waiting.removeIf(event -> event.timeMillis() <= passed);
        assertThat(subtasks.waiting()).as("seed %d", seed).isEqualTo(waiting.size());
      }
      assertThat(subtasks.released(Long.MAX_VALUE))
          .as("seed %d, at the end", seed)
          .containsExactlyElementsOf(due(waiting, Long.MAX_VALUE));
      assertThat(subtasks.states()).as("chunks left over").isZero();
    } finally {
      subtasks.close();
    }
  }

  private static List<Event> due(List<Event> waiting, long watermark) {
    return waiting.stream()
        .filter(event -> event.timeMillis() <= watermark)
        .sorted(BY_KEY_AND_TIME)
        .toList();
  }

  private static final Comparator<Event> BY_KEY_AND_TIME =
      Comparator.comparing(Event::key).thenComparingLong(Event::timeMillis);

  /** All subtasks of an operator that writes down what is due. */
  private static final class Subtasks {
    private final StateBackend backend;
    private final List<KeyedOneInputStreamOperatorTestHarness<String, Event, String>> harnesses =
        new ArrayList<>();
    private final List<Event> released = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();

    Subtasks(
        StateBackend backend, int parallelism, OperatorSubtaskState from, int parallelismBefore)
        throws Exception {
      this.backend = backend;
      for (int index = 0; index < parallelism; index++) {
        KeyedOneInputStreamOperatorTestHarness<String, Event, String> harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new Factory(this), Event::key, Types.STRING, MAX_PARALLELISM, parallelism, index);
        harness.setStateBackend(backend);
        harness.setup(StringSerializer.INSTANCE);
        if (from != null) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  from, MAX_PARALLELISM, parallelismBefore, parallelism, index));
        }
        harness.open();
        harnesses.add(harness);
      }
    }

    void event(Event event) throws Exception {
      int subtask =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              event.key(), MAX_PARALLELISM, harnesses.size());
      harnesses.get(subtask).processElement(new StreamRecord<>(event, event.timeMillis()));
    }

    /** What a watermark lets out, by key and time; within a key as it came out. */
    List<Event> released(long watermark) throws Exception {
      released.clear();
      for (var harness : harnesses) {
        harness.processWatermark(watermark);
      }
      List<Event> byKey = new ArrayList<>(released);
      byKey.sort(Comparator.comparing(Event::key));
      return byKey;
    }

    Subtasks restarted(int parallelism) throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (var harness : harnesses) {
        harness.getOperator().prepareSnapshotPreBarrier(1);
        states.add(harness.snapshot(1, 1));
      }
      // What comes after the barrier is lost with the process.
      close();
      return new Subtasks(
          backend,
          parallelism,
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new)),
          states.size());
    }

    long waiting() {
      return recorders.stream().mapToLong(Recorder::waiting).sum();
    }

    /** Key groups of which chunks are in the backend. */
    long states() {
      return recorders.stream().mapToLong(Recorder::groupsWithChunks).sum();
    }

    void close() throws Exception {
      for (var harness : harnesses) {
        harness.close();
      }
    }
  }

  private static final class Recorder extends EventTimeOrderedOperator<Event, String> {
    private final transient Subtasks subtasks;

    Recorder(StreamOperatorParameters<String> parameters, Subtasks subtasks) {
      super(parameters, Event::key, "recorder", Tally.BUFFERING);
      this.subtasks = subtasks;
    }

    long waiting() {
      return gauges().waiting();
    }

    long groupsWithChunks() {
      try (Stream<Object> keys =
          getKeyedStateBackend().getKeys("recorder-waiting", VoidNamespace.INSTANCE)) {
        return keys.count();
      }
    }

    @Override
    protected void due(List<Event> events, long untilMillis) {
      assertThat(events).isNotEmpty().isSortedAccordingTo(BY_TIME);
      assertThat(events.get(events.size() - 1).timeMillis()).isLessThanOrEqualTo(untilMillis);
      subtasks.released.addAll(events);
    }

    @Override
    protected void late(String key, Event event) {
      throw new AssertionError("Nothing comes late here: " + event);
    }
  }

  private static final Comparator<Event> BY_TIME = Comparator.comparingLong(Event::timeMillis);

  private static final class Factory extends AbstractStreamOperatorFactory<String>
      implements OneInputStreamOperatorFactory<Event, String> {
    private final transient Subtasks subtasks;

    Factory(Subtasks subtasks) {
      this.subtasks = subtasks;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<String>> T createStreamOperator(
        StreamOperatorParameters<String> parameters) {
      Recorder recorder = new Recorder(parameters, subtasks);
      subtasks.recorders.add(recorder);
      return (T) recorder;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return Recorder.class;
    }
  }
}
