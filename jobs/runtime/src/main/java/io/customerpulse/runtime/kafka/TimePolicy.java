package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.time.WallClock;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How event time passes at a source. */
public final class TimePolicy implements Serializable {
  private final long outOfOrdernessMillis;
  private final WallClock wallClock;
  private final Duration maxDrift;

  private TimePolicy(long outOfOrdernessMillis, WallClock wallClock, Duration maxDrift) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.wallClock = wallClock;
    this.maxDrift = maxDrift;
  }

  /**
   * Event time follows the events, and the clock on the wall wherever the input has been read to
   * its end.
   *
   * @param outOfOrderness how late an event may come without being late
   */
  public static TimePolicy wall(Duration outOfOrderness, WallClock wallClock) {
    return new TimePolicy(
        outOfOrderness.toMillis(), Objects.requireNonNull(wallClock, "wallClock"), null);
  }

  /**
   * Event time follows the events alone and stands still without them: a partition that never gets
   * one holds back everything.
   *
   * @param outOfOrderness how late an event may come without being late
   */
  public static TimePolicy event(Duration outOfOrderness) {
    return new TimePolicy(outOfOrderness.toMillis(), null, null);
  }

  /**
   * The same, but a partition whose event time is further ahead of the others' waits for them in
   * Kafka, or what it has would wait in the job.
   *
   * @param drift more than the future that a single event may claim, or that event holds its
   *     partition up
   */
  public TimePolicy withMaxDrift(Duration drift) {
    return new TimePolicy(outOfOrdernessMillis, wallClock, drift);
  }

  boolean isDriftLimited() {
    return maxDrift != null;
  }

  Duration maxDrift() {
    return maxDrift;
  }

  long outOfOrdernessMillis() {
    return outOfOrdernessMillis;
  }

  boolean followsWall() {
    return wallClock != null;
  }

  WallClock wallClock() {
    return wallClock;
  }

  /** The last instant of which nothing can come any more when the latest seen is this. */
  long watermarkMillis(long latestMillis) {
    return latestMillis - outOfOrdernessMillis - 1;
  }
}
