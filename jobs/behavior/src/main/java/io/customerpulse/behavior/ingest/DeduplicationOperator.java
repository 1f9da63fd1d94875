package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.EventTimeMetrics;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.domain.ingest.StandingCopies;
import io.customerpulse.runtime.keyedlogic.EventTimeOrderedOperator;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets each event through once, when the watermark has passed it, and counts its copies.
 *
 * <p>The fingerprint of each event that goes through is an entry of its own, under its key group:
 * what decides about an event is one lookup, which the bloom filters of the backend answer where
 * there is no such entry. What an entry means depends on event time alone, {@link
 * Deduplicator#memory()}; it is thrown away by the clock of the machine, after {@link
 * #KEPT_PER_MEMORY} times as long, so that a job that was down for as long as it remembers still
 * finds every copy in what it reads then.
 */
final class DeduplicationOperator extends EventTimeOrderedOperator<EncodedEvent, EncodedEvent> {
  static final int KEPT_PER_MEMORY = 2;

  /** Entries that a compaction goes through before it looks at the clock again. */
  private static final int ENTRIES_PER_LOOK = 10_000;

  /** Copies of one id one behind the other, and those of one instant in the domain's order. */
  private static final Comparator<EncodedEvent> IN_TURN =
      Comparator.comparingLong(EncodedEvent::timeMillis)
          .thenComparing(EncodedEvent::fingerprint, DeduplicationOperator::compare)
          .thenComparing(EncodedEvent::event, Deduplicator.ORDER);

  private final transient Deduplicator deduplicator;
  private final transient Counters counters;
  private final transient EventTimeMetrics eventTime;

  private transient MapState<Fingerprint, StandingCopies> standing;

  private DeduplicationOperator(
      StreamOperatorParameters<EncodedEvent> parameters, Duration window, boolean accumulating) {
    super(parameters, EncodedEvent::identifierKey, Uids.IDENTIFIER_ROLE, EncodedEvent.BUFFERING);
    deduplicator = new Deduplicator(window);
    counters = new Counters(accumulating);
    eventTime = new EventTimeMetrics(Uids.FIND_DUPLICATES);
  }

  @Override
  public void open() throws Exception {
    super.open();
    MapStateDescriptor<Fingerprint, StandingCopies> descriptor =
        new MapStateDescriptor<>(
            Uids.IDENTIFIER_ROLE + "-fingerprints", Types.FINGERPRINT, Types.STANDING_COPIES);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(deduplicator.memory().multipliedBy(KEPT_PER_MEMORY))
            .setStateVisibility(StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp)
            .cleanupInRocksdbCompactFilter(ENTRIES_PER_LOOK)
            .build());
    standing = getRuntimeContext().getMapState(descriptor);
    counters.open(getRuntimeContext());
    counters.begin(Metric.DUPLICATES);
    eventTime.open(counters, gauges());
  }

  @Override
  protected void due(List<EncodedEvent> events, long untilMillis) throws Exception {
    events.sort(IN_TURN);
    for (EncodedEvent event : events) {
      decide(event);
    }
  }

  @Override
  protected void late(String key, EncodedEvent event) throws Exception {
    decide(event);
  }

  private void decide(EncodedEvent event) throws Exception {
    setKeyGroupOf(event.identifierKey());
    StandingCopies known = standing.get(event.fingerprint());
    StandingCopies next =
        deduplicator.accept(
            known == null ? StandingCopies.NONE : known,
            event.timeMillis(),
            event.deviceTimeMillis());
    if (next == null) {
      counters.count(Metric.DUPLICATES);
      return;
    }
    standing.put(event.fingerprint(), next);
    output.collect(new StreamRecord<>(event.unique(), event.timeMillis()));
  }

  private static int compare(Fingerprint one, Fingerprint other) {
    int byHigh = Long.compare(one.high(), other.high());
    return byHigh == 0 ? Long.compare(one.low(), other.low()) : byHigh;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    eventTime.checkpointed();
  }

  /** Makes the operator where it will run. */
  static final class Factory extends AbstractStreamOperatorFactory<EncodedEvent>
      implements OneInputStreamOperatorFactory<EncodedEvent, EncodedEvent> {
    private final Duration window;
    private final boolean accumulating;

    /**
     * @param accumulating whether the result of the run is to have the counters too
     */
    Factory(Duration window, boolean accumulating) {
      this.window = window;
      this.accumulating = accumulating;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<EncodedEvent>> T createStreamOperator(
        StreamOperatorParameters<EncodedEvent> parameters) {
      return (T) new DeduplicationOperator(parameters, window, accumulating);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return DeduplicationOperator.class;
    }
  }
}
