package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Carries the state of a key to a {@link Decider} and back, and sends on what it decided. It knows
 * nothing of what is decided.
 *
 * <p>State access is what a keyed job pays for, so a {@link WriteBackCache} stands before the state
 * backend, for states and timers alike. What holds at every moment between two inputs:
 *
 * <ul>
 *   <li>Every wake at or before the watermark has been answered, so each state in the cache or the
 *       backend has its wake, if any, after the watermark.
 *   <li>Every state in the backend with a wake has exactly one Flink timer, at or before that wake.
 *       A timer that fires early is not moved but armed anew: putting a wake off, which each event
 *       of a visit does, costs nothing.
 *   <li>A state that is in the cache is woken from there. Its Flink timer, when it fires, only
 *       reminds the cache that none is armed any more.
 *   <li>Outputs never wait: they are sent before the watermark or barrier that follows.
 * </ul>
 *
 * <p>The key context is set by hand, only where the backend is touched: that is what {@link
 * #hasKeyContext1()} = false and the key selector in the constructor are for.
 *
 * <p>The watermark itself is checkpointed. After a restore it would start from nothing, and an
 * event that is late for settled state would pass as one that is not.
 */
class DecidingOperator<S, I, O, R> extends AbstractStreamOperator<R>
    implements OneInputStreamOperator<I, R>,
        Triggerable<String, VoidNamespace>,
        WriteBackCache.Backing<S> {

  /** Writing one state in so many a second time, to see how long it is, costs some percent. */
  private static final int SAMPLE_EVERY = 32;

  private static final int SAMPLE_BYTES = 1 << 10;

  /**
   * For the cache, of all subtasks of this operator in one process. Two operators keep a state of
   * each customer: that leaves more than half for everything else.
   */
  private static final double SHARE_OF_HEAP = 0.2;

  private final transient Deciding<S, I, O, R> deciding;
  private final transient KeySelector<I, String> keySelector;
  private final transient Decider<S, I, O> decider;
  private final transient Emitter<S, O, R> emitter;
  private final transient Figures figures = new Figures();

  private transient CacheBound bound;
  private transient WriteBackCache<S> cache;
  private transient ValueState<Kept<S>> kept;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ListState<Long> keptWatermark;
  private transient ListState<String> keptTotals;
  private transient TypeSerializer<S> sampling;
  private transient DataOutputSerializer sample;
  private transient int saves;
  private transient long watermarkMillis;
  private transient Instant watermark;

  DecidingOperator(
      StreamOperatorParameters<R> parameters,
      KeySelector<I, String> keySelector,
      Deciding<S, I, O, R> deciding) {
    super(parameters);
    this.keySelector = keySelector;
    this.deciding = deciding;
    this.decider = deciding.decider();
    this.emitter = deciding.emitter();
    passed(Long.MIN_VALUE);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    keptWatermark =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(deciding.watermarkName(), LongSerializer.INSTANCE));
    Long earliest = null;
    for (long each : keptWatermark.get()) {
      earliest = earliest == null ? each : Math.min(earliest, each);
    }
    passed(earliest == null ? Long.MIN_VALUE : earliest);
    keptTotals =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(deciding.totalsName(), StringSerializer.INSTANCE));
    keptTotals.get().forEach(figures::restore);
  }

  @Override
  public void open() throws Exception {
    super.open();
    kept =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    deciding.stateName(), new KeptSerializer<>(deciding.stateSerializer())));
    timers = getInternalTimerService(deciding.timersName(), VoidNamespaceSerializer.INSTANCE, this);
    bound = new CacheBound(deciding.cacheCapacity(), heapOfCache());
    cache = new WriteBackCache<>(bound, this);
    sampling = deciding.stateSerializer().duplicate();
    sample = new DataOutputSerializer(SAMPLE_BYTES);
    emitter.open(getRuntimeContext(), figures);
    decider.open();
  }

  private long heapOfCache() {
    int slots =
        getContainingTask()
            .getEnvironment()
            .getTaskManagerInfo()
            .getConfiguration()
            .get(TaskManagerOptions.NUM_TASK_SLOTS);
    return (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP / slots);
  }

  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    I event = element.getValue();
    String key = keySelector.getKey(event);
    Slot<S> slot = slot(key);
    apply(slot, decider.onEvent(key, slot.state, event, watermark));
    wakeIfDue(slot);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() > watermarkMillis) {
      passed(mark.getTimestamp());
    }
    for (Slot<S> due = cache.nextDue(watermarkMillis);
        due != null;
        due = cache.nextDue(watermarkMillis)) {
      wakeIfDue(due);
    }
    // Now the keys that are not in the cache, through onEventTime; then the watermark goes on.
    super.processWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Slot<S> slot = slot(timer.getKey());
    if (slot.timerMillis == timer.getTimestamp()) {
      slot.timerMillis = Kept.NEVER;
      slot.dirty = true;
    }
    wakeIfDue(slot);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("Nothing here is timed by the clock on the wall");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    long start = System.nanoTime();
    int written = cache.flush();
    emitter.flushed(written, System.nanoTime() - start);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    keptWatermark.update(List.of(watermarkMillis));
    keptTotals.update(figures.kept());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    emitter.checkpointed();
  }

  private Slot<S> slot(String key) throws Exception {
    Slot<S> present = cache.present(key);
    if (present != null) {
      return present;
    }
    emitter.cacheMissed();
    return cache.load(key);
  }

  private void wakeIfDue(Slot<S> slot) {
    if (isDue(slot)) {
      emitter.woken();
      apply(slot, decider.onWake(slot.key, slot.state, watermark));
      checkThatTimePasses(slot);
    }
  }

  private void checkThatTimePasses(Slot<S> slot) {
    if (isDue(slot)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Woken at the watermark %s, the decider asks for %s: time would stand still",
              watermark,
              Instant.ofEpochMilli(slot.wakeMillis)));
    }
  }

  /** The keys in the cache, at this moment. */
  final List<String> cachedKeys() {
    return cache.keys();
  }

  /**
   * Asks the decider about a key as if it had been woken, because what decides has changed since
   * its wake was decided. Goes past the cache: who is not on a visit is not to displace those that
   * are.
   */
  final void askAgain(String key) throws Exception {
    Slot<S> slot = cache.present(key);
    if (slot != null) {
      if (slot.state != null) {
        emitter.askedAgain();
        apply(slot, decider.onWake(key, slot.state, watermark));
        checkThatTimePasses(slot);
      }
      return;
    }
    slot = new Slot<>(key);
    load(slot);
    if (slot.state != null) {
      emitter.askedAgain();
      Verdict<S, O> verdict = decider.onWake(key, slot.state, watermark);
      long wakeMillis = wakeMillis(verdict);
      emitter.changed(slot.state, verdict.next());
      if (wakeMillis != slot.wakeMillis || !slot.state.equals(verdict.next())) {
        slot.state = verdict.next();
        slot.wakeMillis = wakeMillis;
        save(slot);
      }
      checkThatTimePasses(slot);
      emit(verdict);
    }
  }

  private boolean isDue(Slot<S> slot) {
    return slot.wakeMillis != Kept.NEVER && slot.wakeMillis <= watermarkMillis;
  }

  private void apply(Slot<S> slot, Verdict<S, O> verdict) {
    emitter.changed(slot.state, verdict.next());
    cache.update(slot, verdict.next(), wakeMillis(verdict));
    emit(verdict);
  }

  private void emit(Verdict<S, O> verdict) {
    for (O decided : verdict.outputs()) {
      emitter.emit(decided, watermark, output);
    }
  }

  @Override
  public void load(Slot<S> slot) throws Exception {
    setCurrentKey(slot.key);
    Kept<S> found = kept.value();
    if (found != null) {
      slot.state = found.state();
      slot.wakeMillis = found.wakeMillis();
      slot.timerMillis = found.timerMillis();
    }
  }

  @Override
  public void save(Slot<S> slot) throws Exception {
    setCurrentKey(slot.key);
    if (slot.state == null) {
      disarm(slot);
      kept.clear();
      return;
    }
    if (slot.wakeMillis < slot.timerMillis) {
      disarm(slot);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, slot.wakeMillis);
      slot.timerMillis = slot.wakeMillis;
    }
    kept.update(new Kept<>(slot.state, slot.wakeMillis, slot.timerMillis));
    if (saves++ % SAMPLE_EVERY == 0) {
      sampling.serialize(slot.state, sample);
      bound.sampled(sample.length());
      emitter.sampled(slot.state, sample.length());
      sample.clear();
    }
  }

  private void disarm(Slot<S> slot) {
    if (slot.timerMillis != Kept.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, slot.timerMillis);
      slot.timerMillis = Kept.NEVER;
    }
  }

  private void passed(long millis) {
    watermarkMillis = millis;
    figures.passed(millis);
    watermark = millis == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(millis);
  }

  /** Rounded up, so that a wake never comes before its time. */
  private static long wakeMillis(Verdict<?, ?> verdict) {
    Instant wakeAt = verdict.wakeAt();
    if (wakeAt == null || verdict.next() == null) {
      return Kept.NEVER;
    }
    long floor = wakeAt.toEpochMilli();
    return Instant.ofEpochMilli(floor).equals(wakeAt) ? floor : floor + 1;
  }
}
