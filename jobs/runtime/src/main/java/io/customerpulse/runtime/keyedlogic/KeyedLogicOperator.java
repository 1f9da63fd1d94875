package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Carries the state of a key to a {@link KeyedLogic} and back, and sends on what it decided. It
 * knows nothing of what is decided.
 *
 * <p>State access is what a keyed job pays for, so a {@link WriteBackCache} stands before the state
 * backend, for states and timers alike. What holds at every moment between two inputs:
 *
 * <ul>
 *   <li>Every timer at or before the watermark has fired, so each state in the cache or the backend
 *       is due, if at all, after the watermark.
 *   <li>Every state in the backend that is due some time has exactly one Flink timer, at or before
 *       that time. A timer that fires early is not moved but registered anew: putting off what is
 *       due, which each event of a visit does, costs nothing.
 *   <li>A state that is in the cache has its timer there. The Flink timer, when it fires, only
 *       reminds the cache that none is registered any more.
 *   <li>Outputs never wait: they are sent before the watermark or barrier that follows.
 * </ul>
 */
class KeyedLogicOperator<S, I, O, R> extends EventTimeOrderedOperator<I, R>
    implements Triggerable<String, VoidNamespace>, WriteBackCache.Backing<S> {

  /** Writing one state in so many a second time, to see how long it is, costs some percent. */
  private static final int SAMPLE_EVERY = 32;

  private static final int SAMPLE_BYTES = 1 << 10;

  private final transient KeyedLogicSpec<S, I, O, R> spec;
  private final transient KeyedLogic<S, I, O> logic;
  private final transient OutputMapper<O, R> mapper;
  private final transient OperatorMetrics<S> operatorMetrics;

  private transient CacheBound bound;
  private transient WriteBackCache<S> cache;
  private transient ValueState<StoredState<S>> stored;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ListState<String> storedTotals;
  private transient TypeSerializer<S> sampling;
  private transient DataOutputSerializer sample;
  private transient int saves;

  KeyedLogicOperator(
      StreamOperatorParameters<R> parameters,
      KeySelector<I, String> keySelector,
      KeyedLogicSpec<S, I, O, R> spec) {
    super(parameters, keySelector, spec.role(), spec.buffering());
    this.spec = spec;
    this.logic = spec.logic();
    this.mapper = spec.mapper();
    this.operatorMetrics = spec.metrics();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    storedTotals =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(spec.totalsName(), StringSerializer.INSTANCE));
    storedTotals.get().forEach(gauges()::restore);
  }

  @Override
  public void open() throws Exception {
    super.open();
    stored =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    spec.stateName(), new StoredStateSerializer<>(spec.stateSerializer())));
    timers = getInternalTimerService(spec.timersName(), VoidNamespaceSerializer.INSTANCE, this);
    bound = new CacheBound(spec.cacheCapacity(), CachePool.OF_PROCESS);
    cache = new WriteBackCache<>(bound, this);
    sampling = spec.stateSerializer().duplicate();
    sample = new DataOutputSerializer(SAMPLE_BYTES);
    operatorMetrics.open(getRuntimeContext(), gauges());
    mapper.open(getRuntimeContext());
    logic.open();
  }

  @Override
  public void close() throws Exception {
    if (cache != null) {
      cache.close();
    }
    super.close();
  }

  @Override
  protected void due(List<I> events, long untilMillis) throws Exception {
    if (events.size() == 1) {
      decide(key(events.get(0)), events, untilMillis);
      return;
    }
    Map<String, List<I>> byKey = new LinkedHashMap<>();
    for (I event : events) {
      byKey.computeIfAbsent(key(event), key -> new ArrayList<>(1)).add(event);
    }
    for (Map.Entry<String, List<I>> ofKey : byKey.entrySet()) {
      decide(ofKey.getKey(), ofKey.getValue(), untilMillis);
    }
  }

  private void decide(String key, List<I> events, long untilMillis) throws Exception {
    CacheEntry<S> entry = entry(key);
    Instant until = instant(untilMillis);
    apply(entry, logic.onEvents(key, entry.state, events, until), until);
    if (untilMillis == watermarkMillis()) {
      fireIfDue(entry);
    }
  }

  @Override
  protected void late(String key, I event) throws Exception {
    CacheEntry<S> entry = entry(key);
    apply(entry, logic.onLateEvent(key, entry.state, event, watermark()), watermark());
    fireIfDue(entry);
  }

  /** Keys that are not in the cache come after it, through {@link #onEventTime}. */
  @Override
  protected void onWatermark() throws Exception {
    for (CacheEntry<S> due = cache.nextDue(watermarkMillis());
        due != null;
        due = cache.nextDue(watermarkMillis())) {
      fireIfDue(due);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    CacheEntry<S> entry = entry(timer.getKey());
    if (entry.registeredMillis == timer.getTimestamp()) {
      entry.registeredMillis = StoredState.NEVER;
      entry.dirty = true;
    }
    fireIfDue(entry);
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
    operatorMetrics.flushed(written, System.nanoTime() - start);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    storedTotals.update(gauges().kept());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    operatorMetrics.checkpointed();
  }

  private CacheEntry<S> entry(String key) throws Exception {
    CacheEntry<S> present = cache.present(key);
    if (present != null) {
      operatorMetrics.cacheHit();
      return present;
    }
    operatorMetrics.cacheMissed();
    return cache.load(key);
  }

  private void fireIfDue(CacheEntry<S> entry) {
    if (isDue(entry)) {
      operatorMetrics.timerFired();
      apply(entry, logic.onTimer(entry.key, entry.state, watermark()), watermark());
      checkThatTimePasses(entry);
    }
  }

  private void checkThatTimePasses(CacheEntry<S> entry) {
    if (isDue(entry)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "At the watermark %s the logic asks for a timer at %s: time would stand still",
              watermark(),
              Instant.ofEpochMilli(entry.dueMillis)));
    }
  }

  /** The keys in the cache, at this moment. */
  final List<String> cachedKeys() {
    return cache.keys();
  }

  /**
   * Evaluates a key as if its timer had fired, because what decides has changed since that was set.
   * Goes past the cache: who is not on a visit is not to displace those that are.
   */
  final void reevaluate(String key) throws Exception {
    CacheEntry<S> entry = cache.present(key);
    if (entry != null) {
      if (entry.state != null) {
        operatorMetrics.reevaluated();
        apply(entry, logic.onTimer(key, entry.state, watermark()), watermark());
        checkThatTimePasses(entry);
      }
      return;
    }
    entry = new CacheEntry<>(key);
    load(entry);
    if (entry.state != null) {
      operatorMetrics.reevaluated();
      Decision<S, O> decision = logic.onTimer(key, entry.state, watermark());
      long dueMillis = dueMillis(decision);
      operatorMetrics.changed(entry.state, decision.next());
      if (dueMillis != entry.dueMillis || !entry.state.equals(decision.next())) {
        entry.state = decision.next();
        entry.dueMillis = dueMillis;
        save(entry);
      }
      checkThatTimePasses(entry);
      emit(decision, watermark());
    }
  }

  private boolean isDue(CacheEntry<S> entry) {
    return entry.dueMillis != StoredState.NEVER && entry.dueMillis <= watermarkMillis();
  }

  private void apply(CacheEntry<S> entry, Decision<S, O> decision, Instant decidedAt) {
    operatorMetrics.changed(entry.state, decision.next());
    cache.update(entry, decision.next(), dueMillis(decision));
    emit(decision, decidedAt);
  }

  private void emit(Decision<S, O> decision, Instant decidedAt) {
    for (O effect : decision.effects()) {
      mapper.emit(effect, decidedAt, output);
    }
  }

  @Override
  public void load(CacheEntry<S> entry) throws Exception {
    setCurrentKey(entry.key);
    StoredState<S> found = stored.value();
    if (found != null) {
      entry.state = found.state();
      entry.dueMillis = found.dueMillis();
      entry.registeredMillis = found.registeredMillis();
    }
  }

  @Override
  public void save(CacheEntry<S> entry) throws Exception {
    setCurrentKey(entry.key);
    if (entry.state == null) {
      deleteTimer(entry);
      stored.clear();
      return;
    }
    if (entry.dueMillis < entry.registeredMillis) {
      deleteTimer(entry);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, entry.dueMillis);
      entry.registeredMillis = entry.dueMillis;
    }
    stored.update(new StoredState<>(entry.state, entry.dueMillis, entry.registeredMillis));
    if (saves++ % SAMPLE_EVERY == 0) {
      sampling.serialize(entry.state, sample);
      bound.sampled(sample.length());
      operatorMetrics.sampled(entry.state, sample.length());
      sample.clear();
    }
  }

  private void deleteTimer(CacheEntry<S> entry) {
    if (entry.registeredMillis != StoredState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, entry.registeredMillis);
      entry.registeredMillis = StoredState.NEVER;
    }
  }

  /** Rounded up, so that a timer never fires before its time. */
  private static long dueMillis(Decision<?, ?> decision) {
    Instant nextTimer = decision.nextTimer();
    if (nextTimer == null || decision.next() == null) {
      return StoredState.NEVER;
    }
    long floor = nextTimer.toEpochMilli();
    return Instant.ofEpochMilli(floor).equals(nextTimer) ? floor : floor + 1;
  }
}
