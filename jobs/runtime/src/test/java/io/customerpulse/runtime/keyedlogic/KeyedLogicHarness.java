package io.customerpulse.runtime.keyedlogic;

import io.customerpulse.runtime.keyedlogic.Tally.Event;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * A keyed-logic operator around a {@link Tally}, which can be stopped and restored at any place.
 */
final class KeyedLogicHarness {
  private final StateBackend backend;
  private final int cacheCapacity;
  private final List<Object> sent = new ArrayList<>();
  private final Plain mapper = new Plain();

  private TypeSerializer<String> stateSerializer;
  private KeyedOneInputStreamOperatorTestHarness<String, Event, String> harness;
  private long checkpoints;

  KeyedLogicHarness(StateBackend backend, int cacheCapacity) throws Exception {
    this(backend, cacheCapacity, StringSerializer.INSTANCE);
  }

  KeyedLogicHarness(StateBackend backend, int cacheCapacity, TypeSerializer<String> stateSerializer)
      throws Exception {
    this.backend = backend;
    this.cacheCapacity = cacheCapacity;
    this.stateSerializer = stateSerializer;
    start(null);
  }

  private void start(OperatorSubtaskState from) throws Exception {
    KeyedLogicSpec<String, Event, String, String> spec =
        new KeyedLogicSpec<>("tally", new Tally(), mapper, mapper, stateSerializer, cacheCapacity);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            spec.factory(Event::key), Event::key, Types.STRING);
    harness.setStateBackend(backend);
    harness.setup(StringSerializer.INSTANCE);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  void event(String key, long timeMillis, long wakeAfterMillis) throws Exception {
    harness.processElement(
        new StreamRecord<>(new Event(key, timeMillis, wakeAfterMillis), timeMillis));
  }

  void watermark(long millis) throws Exception {
    harness.processWatermark(millis);
  }

  /** Takes a snapshot, stops without a word, and goes on from the snapshot. */
  void restart() throws Exception {
    OperatorSubtaskState snapshot = snapshot();
    collect();
    harness.close();
    start(snapshot);
  }

  /** The same as a release that writes states in another form. */
  void restart(TypeSerializer<String> otherSerializer) throws Exception {
    stateSerializer = otherSerializer;
    restart();
  }

  OperatorSubtaskState snapshot() throws Exception {
    checkpoints++;
    harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  int states() {
    return harness.numKeyedStateEntries();
  }

  /** The operator in the harness has this very one. */
  Plain metrics() {
    return mapper;
  }

  /** Everything sent so far, watermarks as numbers between the outputs. */
  List<Object> sent() {
    collect();
    return List.copyOf(sent);
  }

  private void collect() {
    for (Object element : harness.getOutput()) {
      if (element instanceof Watermark mark) {
        sent.add(mark.getTimestamp());
      } else if (element instanceof StreamRecord<?> record) {
        sent.add(record.getValue());
      }
    }
    harness.getOutput().clear();
  }

  void close() throws Exception {
    harness.close();
  }
}
