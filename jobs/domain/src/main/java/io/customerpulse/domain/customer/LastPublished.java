package io.customerpulse.domain.customer;

import io.customerpulse.domain.rfm.Scores;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The last profile that was published of a customer.
 *
 * @param at null before the first
 * @param lastSeenAt what it said of the last event
 * @param outdated whether something that is published as soon as possible has changed since
 * @param scores r, f and m as three digits; 0 for none
 */
public record LastPublished(Instant at, Instant lastSeenAt, boolean outdated, int scores) {
  public static final LastPublished NONE = new LastPublished(null, null, false, 0);

  /** A profile is published at most once in this time, its last value always. */
  static final Duration PUBLISH_EVERY = Duration.ofSeconds(10);

  /** A profile of which only the last sight is new waits so long. */
  static final Duration PUBLISH_SIGHT_EVERY = Duration.ofHours(1);

  static LastPublished of(Instant now, Instant lastSeenAt, Scores scores) {
    return new LastPublished(now, lastSeenAt, false, digits(scores));
  }

  LastPublished asOutdated() {
    return outdated ? this : new LastPublished(at, lastSeenAt, true, scores);
  }

  boolean hasScores(Scores present) {
    return digits(present) == scores;
  }

  private static int digits(Scores scores) {
    return scores == null ? 0 : scores.r() * 100 + scores.f() * 10 + scores.m();
  }

  /**
   * When a profile is to be published next; null where the last one still says it all.
   *
   * @param seenAt the last event that is known by now
   * @param now the time of the decision
   */
  Instant nextAt(Instant seenAt, Instant now) {
    if (outdated) {
      return at == null ? now : at.plus(PUBLISH_EVERY);
    }
    return Objects.equals(lastSeenAt, seenAt) ? null : at.plus(PUBLISH_SIGHT_EVERY);
  }
}
