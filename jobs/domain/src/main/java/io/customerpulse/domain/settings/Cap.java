package io.customerpulse.domain.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * At most so many fires for one customer in a rolling window.
 *
 * @param count 1 to {@link #MAX_COUNT}
 * @param per at most {@link #MAX_PER}; length of the window, which reaches back from the fire: (t −
 *     per, t]
 * @param countFailed whether a fire counts whose message is reported to have failed
 */
public record Cap(int count, Duration per, boolean countFailed) implements Serializable {
  public static final int MAX_COUNT = 100;
  public static final Duration MAX_PER = Duration.ofDays(90);
}
