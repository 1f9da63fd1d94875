package io.customerpulse.behavior.avro;

import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/**
 * Makes records of what can't be taken, and counts them: every dead letter of a job comes from
 * here. An instance belongs to one thread.
 */
public final class DeadLetterRecords {
  private final OutputRecords records = new OutputRecords();
  private final Counters counts;

  /**
   * @param counts opened before the first record
   */
  public DeadLetterRecords(Counters counts) {
    this.counts = counts;
  }

  /** Of an event that reads well and still can't be taken, at its own time. */
  public TopicRecord of(BehaviorEvent event, DeadLetterCode code, String message) {
    return counted(DeadLetter.of(event, code, message), event.eventTime());
  }

  /**
   * Of what was no event, and hence has no event time.
   *
   * @param wallTime {@link Instant#MIN} where event time is the only clock
   * @param watermarkMillis stands for it there
   */
  public TopicRecord of(DeadLetter letter, Instant wallTime, long watermarkMillis) {
    boolean onTheWall = wallTime.isAfter(Instant.EPOCH);
    return counted(
        letter, onTheWall ? wallTime : Instant.ofEpochMilli(Math.max(0, watermarkMillis)));
  }

  private TopicRecord counted(DeadLetter letter, Instant at) {
    counts.count(Metric.REJECTED, letter.code().wireName());
    TopicRecord record = records.deadLetter(letter, at);
    counts.count(Metric.OUTPUTS, record.topic().wireName());
    return record;
  }
}
