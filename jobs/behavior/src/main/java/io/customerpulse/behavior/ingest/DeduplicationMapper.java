package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.avro.DeadLetterRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DeduplicationResult;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends unique events on, counts duplicates, and makes dead letters of a flood. */
final class DeduplicationMapper implements OutputMapper<DeduplicationResult, BehaviorEvent> {
  private static final String FLOODED =
      String.format(
          Locale.ROOT,
          "More than %d events of one identifier wait to be told from their duplicates",
          Deduplicator.MAX_PENDING);

  private final Counters counters;

  private transient DeadLetterRecords deadLetters;

  DeduplicationMapper(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void open(RuntimeContext context) {
    counters.open(context);
    counters.begin(Metric.DUPLICATES);
    counters.begin(Metric.FINGERPRINTS_DROPPED);
    deadLetters = new DeadLetterRecords(counters);
  }

  @Override
  public void emit(
      DeduplicationResult result,
      Instant watermark,
      Output<StreamRecord<BehaviorEvent>> downstream) {
    if (result instanceof DeduplicationResult.Unique unique) {
      long millis = unique.event().eventTime().toEpochMilli();
      downstream.collect(new StreamRecord<>(unique.event(), millis));
    } else if (result instanceof DeduplicationResult.Duplicate) {
      counters.count(Metric.DUPLICATES);
    } else if (result instanceof DeduplicationResult.Flooded flooded) {
      downstream.collect(
          IngestTopology.DEAD_LETTERS,
          new StreamRecord<>(
              deadLetters.of(flooded.event(), DeadLetterCode.RATE_LIMITED, FLOODED)));
    } else if (result instanceof DeduplicationResult.Forgotten forgotten) {
      counters.add(Metric.FINGERPRINTS_DROPPED, forgotten.fingerprints());
    }
  }
}
