package io.customerpulse.history.replay.sort;

import java.util.Comparator;

/**
 * A record with its place in event time.
 *
 * @param timeMillis event time in epoch milliseconds; {@link #NO_TIME} where it can't be read
 * @param file number of the file it stands in, from 0 in the order of reading
 * @param line from 1
 */
// An array, because records are bytes until they are parsed; they are compared by ORDER alone.
@SuppressWarnings("ArrayRecordComponent")
public record TimedRecord(long timeMillis, int file, long line, byte[] bytes) {
  /** What has no time comes first. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** By time, then by place: total, so that the same input is always read in the same order. */
  public static final Comparator<TimedRecord> ORDER =
      Comparator.comparingLong(TimedRecord::timeMillis)
          .thenComparingInt(TimedRecord::file)
          .thenComparingLong(TimedRecord::line);

  /** What it takes in memory, roughly, in bytes. */
  int weight() {
    return bytes.length + 80;
  }
}
