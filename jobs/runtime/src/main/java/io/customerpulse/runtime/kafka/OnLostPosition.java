package io.customerpulse.runtime.kafka;

/** What a job does where records that it has yet to read can't be found by its position. */
public enum OnLostPosition {
  /** It stops for good and says so. */
  STOP,
  /** It reads the partitions concerned from their beginning. */
  EARLIEST,
  /**
   * A topic that was created anew counts as a copy of the old one, offset by offset; where a
   * position lies outside of the log, it stops.
   */
  ACCEPT_COPY
}
