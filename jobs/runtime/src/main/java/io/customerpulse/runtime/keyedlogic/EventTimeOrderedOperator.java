package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sees the elements of each key in the order of their times: what the watermark hasn't passed waits
 * in a {@link ReorderBuffer}, and what it has passed when it comes is late.
 *
 * <p>The key context is set by hand, only where the backend is touched: that is what {@link
 * #hasKeyContext1()} = false and the key selector in the constructor are for.
 *
 * <p>The watermark itself is checkpointed. After a restore it would start from nothing, and an
 * element that is late for settled state would pass as one that is not.
 *
 * @param <I> what comes in
 * @param <R> what is sent on
 */
public abstract class EventTimeOrderedOperator<I, R> extends AbstractStreamOperator<R>
    implements OneInputStreamOperator<I, R> {

  /** For what waits on the heap, of all subtasks of this operator in one process. */
  private static final double SHARE_OF_HEAP = 0.05;

  private final transient KeySelector<I, String> keySelector;
  private final transient String role;
  private final transient Buffering<I> buffering;
  private final transient Gauges gauges = new Gauges();

  private transient KeyGroupKeys keyGroups;
  private transient ReorderBuffer<I> waiting;
  private transient ListState<Long> storedWatermark;
  private transient long watermarkMillis;
  private transient Instant watermark;

  /**
   * An operator before its state is known.
   *
   * @param role names its states in savepoints, and never changes
   * @param buffering null where elements are taken as they come, whatever their times
   */
  protected EventTimeOrderedOperator(
      StreamOperatorParameters<R> parameters,
      KeySelector<I, String> keySelector,
      String role,
      Buffering<I> buffering) {
    super(parameters);
    this.keySelector = keySelector;
    this.role = role;
    this.buffering = buffering;
    passed(Long.MIN_VALUE);
  }

  /**
   * Takes elements whose turn has come.
   *
   * @param elements the earliest first, at least one; of the keys that they are of, all up to a
   *     time that are left
   * @param untilMillis that time, not after the watermark
   */
  protected abstract void due(List<I> elements, long untilMillis) throws Exception;

  /** Takes an element that the watermark had passed when it came. */
  protected abstract void late(String key, I element) throws Exception;

  /** The watermark has moved, everything up to it has been taken, and it will be sent on. */
  protected void onWatermark() throws Exception {}

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    storedWatermark =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(role + "-watermark", LongSerializer.INSTANCE));
    Long earliest = null;
    for (long each : storedWatermark.get()) {
      earliest = earliest == null ? each : Math.min(earliest, each);
    }
    passed(earliest == null ? Long.MIN_VALUE : earliest);
  }

  @Override
  public void open() throws Exception {
    super.open();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    int maxParallelism = task.getMaxNumberOfParallelSubtasks();
    keyGroups =
        new KeyGroupKeys(
            KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                maxParallelism, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask()),
            maxParallelism);
    if (buffering != null) {
      MapStateDescriptor<Long, byte[]> chunks =
          new MapStateDescriptor<>(
              role + "-waiting", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
      long heapLimit = (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP);
      waiting =
          new ReorderBuffer<>(
              buffering,
              heapLimit,
              backend,
              keyGroups,
              getRuntimeContext().getMapState(chunks),
              gauges);
    }
  }

  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    I value = element.getValue();
    String key = keySelector.getKey(value);
    if (waiting == null) {
      due(List.of(value), watermarkMillis);
    } else if (buffering.eventTimeMillis(value) > watermarkMillis) {
      waiting.add(key, value);
    } else {
      late(key, value);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() > watermarkMillis) {
      passed(mark.getTimestamp());
    }
    if (waiting != null) {
      waiting.release(watermarkMillis, this::due);
    }
    onWatermark();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    if (waiting != null) {
      waiting.spill();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    storedWatermark.update(List.of(watermarkMillis));
  }

  /** Lets state be that of the key group which a key falls into. */
  protected final void setKeyGroupOf(String key) {
    setCurrentKey(keyGroups.key(keyGroups.indexOf(key)));
  }

  /** The key of an element. */
  protected final String key(I element) throws Exception {
    return keySelector.getKey(element);
  }

  /** What whoever watches can see. */
  protected final Gauges gauges() {
    return gauges;
  }

  /** Epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
  protected final long watermarkMillis() {
    return watermarkMillis;
  }

  /** {@link Instant#MIN} before the first. */
  protected final Instant watermark() {
    return watermark;
  }

  private void passed(long millis) {
    watermarkMillis = millis;
    gauges.passed(millis);
    watermark = instant(millis);
  }

  /** A watermark as an instant. */
  protected static Instant instant(long millis) {
    return millis == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(millis);
  }
}
