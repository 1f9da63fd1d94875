package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.metrics.Counts;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.OperatorCounts;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.runtime.keyedlogic.Emitter;
import io.customerpulse.runtime.keyedlogic.Figures;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends unique events on, counts duplicates, and makes dead letters of a flood. */
final class FindingEmitter implements Emitter<DedupState, Finding, BehaviorEvent> {
  private static final String FLOODED =
      String.format(
          Locale.ROOT,
          "More than %d events of one identifier wait to be told from their duplicates",
          Deduplicator.MAX_PENDING);

  private final Counts counts;
  private final OperatorCounts operatorCounts;

  private transient DeadLetterRecords deadLetters;

  FindingEmitter(Counts counts) {
    this.counts = counts;
    this.operatorCounts = new OperatorCounts(Uids.FIND_DUPLICATES, counts);
  }

  @Override
  public void open(RuntimeContext context, Figures figures) {
    counts.open(context);
    operatorCounts.open(figures);
    counts.begin(Metric.DUPLICATES);
    counts.begin(Metric.FINGERPRINTS_DROPPED);
    deadLetters = new DeadLetterRecords(counts);
  }

  @Override
  public void emit(
      Finding finding, Instant watermark, Output<StreamRecord<BehaviorEvent>> downstream) {
    if (finding instanceof Finding.Unique unique) {
      long millis = unique.event().eventTime().toEpochMilli();
      downstream.collect(new StreamRecord<>(unique.event(), millis));
    } else if (finding instanceof Finding.Duplicate) {
      counts.count(Metric.DUPLICATES);
    } else if (finding instanceof Finding.Flooded flooded) {
      downstream.collect(
          IngestTopology.DEAD_LETTERS,
          new StreamRecord<>(
              deadLetters.of(flooded.event(), DeadLetterCode.RATE_LIMITED, FLOODED)));
    } else if (finding instanceof Finding.Forgotten forgotten) {
      counts.add(Metric.FINGERPRINTS_DROPPED, forgotten.fingerprints());
    }
  }

  @Override
  public void woken() {
    operatorCounts.woken();
  }

  @Override
  public void askedAgain() {
    operatorCounts.askedAgain();
  }

  @Override
  public void cacheMissed() {
    operatorCounts.cacheMissed();
  }

  @Override
  public void flushed(int entries, long nanos) {
    operatorCounts.flushed(entries, nanos);
  }

  @Override
  public void changed(DedupState before, DedupState after) {
    operatorCounts.waiting(
        before == null ? 0 : before.pending().size(), after == null ? 0 : after.pending().size());
  }

  @Override
  public void sampled(DedupState state, int bytes) {
    operatorCounts.stored(bytes);
    operatorCounts.tail(state.pending().size());
  }

  @Override
  public void checkpointed() {
    operatorCounts.checkpointed();
  }
}
