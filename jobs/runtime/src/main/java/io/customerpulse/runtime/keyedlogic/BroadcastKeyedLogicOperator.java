package io.customerpulse.runtime.keyedlogic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * A keyed-logic operator whose logic is steered by a second, broadcast input.
 *
 * <ul>
 *   <li>Every broadcast record is kept until another of its name replaces it, and is handed to the
 *       logic when it comes and again, in the order of the names, after a restore.
 *   <li>Event time is that of the events alone. It stands still from a start or restart until the
 *       log of broadcast records has been read to the end that it had then: what has to wait for
 *       the first rules, or for those that were published while the job was down, waits as anything
 *       above the watermark does. Only then does the watermark go on, here and behind.
 *   <li>Where broadcast records or settings change what the logic's {@link KeyedLogic#fingerprint}
 *       stands for, each timer that was set before may be wrong. All keys are evaluated again then,
 *       by a {@link KeyScan}.
 * </ul>
 */
final class BroadcastKeyedLogicOperator<S, I, O, R> extends KeyedLogicOperator<S, I, O, R>
    implements TwoInputStreamOperator<I, BroadcastRecord, R>, BoundedMultiInput {
  private static final int EVENTS = 1;

  /** A slice of a scan costs some milliseconds: barriers and events don't notice. */
  private static final int KEYS_PER_SLICE = 256;

  /** Between two slices, so that a scan takes half of the task's time at the most. */
  private static final long SLICE_EVERY_MILLIS = 10;

  private final transient KeyedLogicSpec<S, I, O, R> spec;

  private transient BroadcastState<String, BroadcastRecord> broadcastRecords;
  private transient ListState<String> keptFingerprint;

  /** All timers have been set under this; null until that is known of every key. */
  private transient String decidedUnder;

  private transient boolean restored;
  private transient boolean controlsRead;
  private transient long heldMillis;
  private transient KeyScan scan;
  private transient ScheduledFuture<?> nextSlice;

  BroadcastKeyedLogicOperator(
      StreamOperatorParameters<R> parameters,
      KeySelector<I, String> keySelector,
      KeyedLogicSpec<S, I, O, R> spec) {
    super(parameters, keySelector, spec);
    this.spec = spec;
    this.heldMillis = Long.MIN_VALUE;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    broadcastRecords =
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    spec.broadcastStateName(),
                    StringSerializer.INSTANCE,
                    BroadcastRecordSerializer.INSTANCE));
    keptFingerprint =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(spec.fingerprintName(), StringSerializer.INSTANCE));
    restored = context.isRestored();
    TreeSet<String> kept = new TreeSet<>();
    keptFingerprint.get().forEach(kept::add);
    decidedUnder = kept.size() == 1 ? kept.first() : null;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Map<String, BroadcastRecord> kept = new TreeMap<>();
    broadcastRecords.entries().forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    kept.values().forEach(spec.logic()::onBroadcastRecord);
  }

  @Override
  public boolean hasKeyContext2() {
    return false;
  }

  @Override
  public void processElement1(StreamRecord<I> element) throws Exception {
    processElement(element);
  }

  @Override
  public void processElement2(StreamRecord<BroadcastRecord> element) throws Exception {
    BroadcastRecord broadcastRecord = element.getValue();
    if (broadcastRecord.isEndOfLog()) {
      letTimePass();
      return;
    }
    if (broadcastRecord.value() == null) {
      broadcastRecords.remove(broadcastRecord.name());
    } else {
      broadcastRecords.put(broadcastRecord.name(), broadcastRecord);
    }
    spec.logic().onBroadcastRecord(broadcastRecord);
    if (controlsRead) {
      sweepIfOutdated();
    }
  }

  /** An input of broadcast records that has ended has been read to its end. */
  @Override
  public void endInput(int input) throws Exception {
    if (input != EVENTS) {
      letTimePass();
    }
  }

  private void letTimePass() throws Exception {
    if (controlsRead) {
      return;
    }
    controlsRead = true;
    if (!restored) {
      // Nothing has been decided yet but that everything waits.
      decidedUnder = spec.logic().fingerprint();
    }
    sweepIfOutdated();
    if (heldMillis != Long.MIN_VALUE) {
      processWatermark(new Watermark(heldMillis));
    }
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    if (controlsRead) {
      processWatermark(mark);
    } else {
      heldMillis = Math.max(heldMillis, mark.getTimestamp());
    }
  }

  /** Broadcast records have no say in event time. */
  @Override
  public void processWatermark2(Watermark mark) {}

  /** Nor do they keep it from being idle, or make it so. */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (index == 0) {
      processWatermarkStatus(status);
    }
  }

  private void sweepIfOutdated() {
    String fingerprint = spec.logic().fingerprint();
    if (scan == null && !fingerprint.equals(decidedUnder)) {
      scan = KeyScan.begin(fingerprint, cachedKeys(), getKeyedStateBackend(), spec.stateName());
      scheduleSlice();
    }
  }

  private void scheduleSlice() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    nextSlice =
        getProcessingTimeService().registerTimer(now + SLICE_EVERY_MILLIS, time -> sweepSlice());
  }

  private void sweepSlice() throws Exception {
    for (int asked = 0; asked < KEYS_PER_SLICE && scan.hasNext(); asked++) {
      reevaluate(scan.next());
    }
    if (scan.hasNext()) {
      scheduleSlice();
      return;
    }
    decidedUnder = scan.fingerprint();
    scan.close();
    scan = null;
    // What has changed meanwhile may concern keys that had been asked before it did.
    sweepIfOutdated();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // A scan that is cut short begins anew after a restore: until its end this is the old one.
    keptFingerprint.update(decidedUnder == null ? List.of() : List.of(decidedUnder));
  }

  @Override
  public void close() throws Exception {
    // Before the state backend goes, in whose memory it reads.
    if (scan != null) {
      nextSlice.cancel(false);
      scan.close();
      scan = null;
    }
    super.close();
  }
}
