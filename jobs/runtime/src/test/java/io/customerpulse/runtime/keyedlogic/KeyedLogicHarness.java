package io.customerpulse.runtime.keyedlogic;

import io.customerpulse.runtime.keyedlogic.Tally.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * A keyed-logic operator around a {@link Tally}, which can be stopped and restored at any place.
 */
final class KeyedLogicHarness {
  private final StateBackend backend;
  private final int cacheCapacity;
  private final Buffering<Event> buffering;
  private final List<Object> sent = new ArrayList<>();
  private final Plain mapper = new Plain();

  private TypeSerializer<String> stateSerializer;
  private KeyedLogicSpec<String, Event, String, String> spec;
  private KeyedOneInputStreamOperatorTestHarness<String, Event, String> harness;
  private long checkpoints;

  /** One in which events are decided about as they come. */
  KeyedLogicHarness(StateBackend backend, int cacheCapacity) throws Exception {
    this(backend, cacheCapacity, StringSerializer.INSTANCE, null);
  }

  /** One in which events wait for the watermark. */
  static KeyedLogicHarness ordered(StateBackend backend, int cacheCapacity) throws Exception {
    return new KeyedLogicHarness(
        backend, cacheCapacity, StringSerializer.INSTANCE, Tally.BUFFERING);
  }

  KeyedLogicHarness(StateBackend backend, int cacheCapacity, TypeSerializer<String> stateSerializer)
      throws Exception {
    this(backend, cacheCapacity, stateSerializer, null);
  }

  private KeyedLogicHarness(
      StateBackend backend,
      int cacheCapacity,
      TypeSerializer<String> stateSerializer,
      Buffering<Event> buffering)
      throws Exception {
    this.backend = backend;
    this.cacheCapacity = cacheCapacity;
    this.stateSerializer = stateSerializer;
    this.buffering = buffering;
    start(null);
  }

  private void start(OperatorSubtaskState from) throws Exception {
    spec =
        new KeyedLogicSpec<>(
            "tally", new Tally(), mapper, mapper, stateSerializer, buffering, cacheCapacity);
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

  /** Keys whose states are in memory. */
  List<String> cachedKeys() {
    return operator().cachedKeys();
  }

  /** Key → what the backend keeps of it. */
  Map<String, StoredState<String>> kept() throws Exception {
    ValueStateDescriptor<StoredState<String>> descriptor =
        new ValueStateDescriptor<>(spec.stateName(), new StoredStateSerializer<>(stateSerializer));
    KeyedStateBackend<String> states = operator().getKeyedStateBackend();
    Map<String, StoredState<String>> kept = new TreeMap<>();
    try (Stream<String> keys = states.getKeys(spec.stateName(), VoidNamespace.INSTANCE)) {
      for (String key : keys.toList()) {
        states.setCurrentKey(key);
        kept.put(
            key,
            states
                .getPartitionedState(
                    VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor)
                .value());
      }
    }
    return kept;
  }

  /** Key → when its timers are due, in epoch milliseconds. */
  Map<String, List<Long>> timersByKey() throws Exception {
    Map<String, List<Long>> timers = new TreeMap<>();
    operator()
        .getInternalTimerService(spec.timersName(), VoidNamespaceSerializer.INSTANCE, operator())
        .forEachEventTimeTimer(
            (namespace, millis) ->
                timers
                    .computeIfAbsent(operator().getCurrentKey().toString(), k -> new ArrayList<>())
                    .add(millis));
    return timers;
  }

  @SuppressWarnings("unchecked") // The harness knows no more of it than its inputs and outputs.
  private KeyedLogicOperator<String, Event, String, String> operator() {
    return (KeyedLogicOperator<String, Event, String, String>) harness.getOneInputOperator();
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
