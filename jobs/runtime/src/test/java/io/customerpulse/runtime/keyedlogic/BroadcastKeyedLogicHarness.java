package io.customerpulse.runtime.keyedlogic;

import io.customerpulse.runtime.keyedlogic.Tally.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** A steered operator around a {@link BroadcastTally}, stopped and restored at any place. */
final class BroadcastKeyedLogicHarness {
  private final StateBackend backend;
  private final int cacheCapacity;
  private final List<String> sent = new ArrayList<>();

  private TwoInputs harness;
  private Plain mapper;
  private long checkpoints;
  private long offset;

  BroadcastKeyedLogicHarness(StateBackend backend, int cacheCapacity) throws Exception {
    this.backend = backend;
    this.cacheCapacity = cacheCapacity;
    start(null, "v1");
  }

  private void start(OperatorSubtaskState from, String settings) throws Exception {
    mapper = new Plain();
    KeyedLogicSpec<String, Event, String, String> spec =
        new KeyedLogicSpec<>(
            "tally",
            new BroadcastTally(settings),
            mapper,
            mapper,
            StringSerializer.INSTANCE,
            null,
            cacheCapacity);
    harness = new TwoInputs(spec.broadcastFactory(Event::key));
    harness.setStateBackend(backend);
    harness.setup(StringSerializer.INSTANCE);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  void event(String key, long timeMillis, long wakeAfterMillis) throws Exception {
    harness
        .operator()
        .processElement1(
            new StreamRecord<>(new Event(key, timeMillis, wakeAfterMillis), timeMillis));
  }

  /** A broadcast record; a null value ends it. */
  void control(String key, String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    harness
        .operator()
        .processElement2(new StreamRecord<>(BroadcastRecord.of("rules", 0, offset++, key, bytes)));
  }

  void endOfControls() throws Exception {
    harness.operator().processElement2(new StreamRecord<>(BroadcastRecord.endOfLog()));
  }

  void watermark(long millis) throws Exception {
    harness.operator().processWatermark1(new Watermark(millis));
  }

  void watermarkOfControls(long millis) throws Exception {
    harness.operator().processWatermark2(new Watermark(millis));
  }

  void events(WatermarkStatus status) throws Exception {
    harness.operator().processWatermarkStatus1(status);
  }

  void controls(WatermarkStatus status) throws Exception {
    harness.operator().processWatermarkStatus2(status);
  }

  void endInputOfControls() throws Exception {
    harness.operator().endInput(2);
  }

  /** Lets the clock on the wall go on, on which the slices of a scan are timed. */
  void pass(long millis) throws Exception {
    long end = harness.getProcessingTime() + millis;
    while (harness.getProcessingTime() < end) {
      harness.setProcessingTime(harness.getProcessingTime() + 1);
    }
  }

  /** Takes a snapshot, stops without a word, and goes on from the snapshot. */
  void restart(String settings) throws Exception {
    OperatorSubtaskState snapshot = snapshot();
    collect();
    harness.close();
    start(snapshot, settings);
  }

  OperatorSubtaskState snapshot() throws Exception {
    checkpoints++;
    harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  Plain metrics() {
    return mapper;
  }

  /** Everything sent so far, watermarks and their status between the outputs. */
  List<String> sent() {
    collect();
    return List.copyOf(sent);
  }

  private void collect() {
    for (Object element : harness.getOutput()) {
      if (element instanceof Watermark mark) {
        sent.add("" + mark.getTimestamp());
      } else if (element instanceof StreamRecord<?> record) {
        sent.add((String) record.getValue());
      } else if (element instanceof WatermarkStatus status) {
        sent.add(status.isIdle() ? "idle" : "active");
      }
    }
    harness.getOutput().clear();
  }

  void close() throws Exception {
    harness.close();
  }

  /** Flink's own harness of two inputs takes no factory. */
  private static final class TwoInputs extends AbstractStreamOperatorTestHarness<String> {
    TwoInputs(TwoInputStreamOperatorFactory<Event, BroadcastRecord, String> factory)
        throws Exception {
      super(factory, 1, 1, 0);
      KeySelector<Event, String> key = Event::key;
      config.setStatePartitioner(0, key);
      config.setStateKeySerializer(StringSerializer.INSTANCE);
      config.serializeAllConfigs();
    }

    @SuppressWarnings("unchecked") // The factory makes no other.
    BroadcastKeyedLogicOperator<String, Event, String, String> operator() {
      return (BroadcastKeyedLogicOperator<String, Event, String, String>) operator;
    }
  }
}
