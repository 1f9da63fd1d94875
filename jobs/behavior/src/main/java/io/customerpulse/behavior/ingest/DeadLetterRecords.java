package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/** Makes records of what can't be taken, and counts them. */
final class DeadLetterRecords {
  private final OutputRecords records = new OutputRecords();
  private final Counters counters;

  DeadLetterRecords(Counters counters) {
    this.counters = counters;
  }

  /** Of an event that reads well and still can't be taken. */
  TopicRecord of(BehaviorEvent event, DeadLetterCode code, String message) {
    return counted(DeadLetter.of(event.origin(), code, message), event.eventTime());
  }

  /**
   * Of what was no event, and hence has no event time.
   *
   * @param wallTime {@link Instant#MIN} where event time is the only clock
   */
  TopicRecord of(DeadLetter letter, Instant wallTime, long watermarkMillis) {
    boolean onTheWall = wallTime.isAfter(Instant.EPOCH);
    return counted(
        letter, onTheWall ? wallTime : Instant.ofEpochMilli(Math.max(0, watermarkMillis)));
  }

  private TopicRecord counted(DeadLetter letter, Instant at) {
    counters.count(Metric.REJECTED, letter.code().wireName());
    TopicRecord record = records.deadLetter(letter, at);
    counters.count(Metric.OUTPUTS, record.topic().wireName());
    return record;
  }
}
