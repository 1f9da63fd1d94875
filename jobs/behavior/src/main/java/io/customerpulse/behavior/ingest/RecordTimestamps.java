package io.customerpulse.behavior.ingest;

import io.customerpulse.runtime.time.WallClock;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * When a record was taken, as far as its timestamp can be believed. Producers set it, some of them
 * to seconds, microseconds or nothing: what lies before 2000 or more than a day ahead of the clock
 * is no time.
 *
 * @param clock the clock on the wall
 */
record RecordTimestamps(WallClock clock) implements Serializable {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);

  /** Null where nobody knows. */
  Instant of(ConsumerRecord<?, ?> record) {
    if (record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE) {
      return null;
    }
    Instant timestamp = Instant.ofEpochMilli(record.timestamp());
    return timestamp.isBefore(EARLIEST) || timestamp.isAfter(clock.instant().plus(AHEAD))
        ? null
        : timestamp;
  }
}
