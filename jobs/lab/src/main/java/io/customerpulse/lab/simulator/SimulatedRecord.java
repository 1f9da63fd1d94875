package io.customerpulse.lab.simulator;

import java.time.Instant;

/**
 * One record as it goes to the broker or into a file.
 *
 * @param value JSON without line breaks, unless it is broken; the array is the receiver's own
 * @param key merchant and customer, so that what one customer does stays in order in one partition
 * @param eventTime when it truly happened: what the processor should take for its event time. For a
 *     broken record the time at which it comes
 */
// An array, because producers and files take one and a copy of each value would cost as much as
// making it; two records are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SimulatedRecord(byte[] value, String key, Instant eventTime, Kind kind) {

  /** What is the matter with a record. */
  public enum Kind {
    /** Nothing. */
    CLEAN,
    /** The same bytes as an earlier record, whose event time is at most 12 hours before. */
    DUPLICATE,
    /** Comes between 5 minutes and 6 hours after its time. */
    LATE,
    /** From a device whose clock is wrong by 2 minutes to 20 hours; sent_at shows it. */
    SKEWED,
    /** To be refused: never an event. */
    BROKEN
  }
}
