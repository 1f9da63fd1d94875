package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.time.WallClock;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How event time passes at a source. */
public final class TimePolicy implements Serializable {
  private final long outOfOrdernessMillis;
  private final WallClock wallClock;

  private TimePolicy(Duration outOfOrderness, WallClock wallClock) {
    this.outOfOrdernessMillis = outOfOrderness.toMillis();
    this.wallClock = wallClock;
  }

  /**
   * Event time follows the events, and the clock on the wall wherever the input has been read to
   * its end.
   *
   * @param outOfOrderness how late an event may come without being late
   */
  public static TimePolicy wall(Duration outOfOrderness, WallClock wallClock) {
    return new TimePolicy(outOfOrderness, Objects.requireNonNull(wallClock, "wallClock"));
  }

  /**
   * Event time follows the events alone and stands still without them: a partition that never gets
   * one holds back everything.
   *
   * @param outOfOrderness how late an event may come without being late
   */
  public static TimePolicy event(Duration outOfOrderness) {
    return new TimePolicy(outOfOrderness, null);
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
