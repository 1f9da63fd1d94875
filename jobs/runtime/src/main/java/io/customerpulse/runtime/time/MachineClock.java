package io.customerpulse.runtime.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the machine. The system property {@value #OFFSET}, an ISO-8601 duration, puts it
 * wrong for this process alone, as a soak does to see what a wrong clock costs.
 */
final class MachineClock implements WallClock {
  private static final String OFFSET = "customerpulse.clock.offset";

  /** Of the process that asks, not of the one that built the job. */
  private transient Duration offset;

  @Override
  public Instant instant() {
    if (offset == null) {
      offset = Duration.parse(System.getProperty(OFFSET, "PT0S"));
    }
    return Instant.now().plus(offset);
  }
}
