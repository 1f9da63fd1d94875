package io.customerpulse.domain.customer;

import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;

/** Decides when the next profile is published. */
final class ProfilePublisher {
  private final Instant asOf;
  private LastPublished last;

  /**
   * @param asOf the end of a bounded run, which publishes every profile once, then; else null
   */
  ProfilePublisher(LastPublished last, Instant asOf) {
    this.last = last;
    this.asOf = asOf;
  }

  LastPublished last() {
    return last;
  }

  /** Something has changed that is published as soon as possible. */
  void outdate() {
    last = last.asOutdated();
  }

  void outdateUnless(Scores present) {
    if (!last.hasScores(present)) {
      outdate();
    }
  }

  /** Null where the last profile still says it all. */
  Instant nextAt(Instant lastSeenAt, Instant now) {
    if (asOf != null) {
      return asOf.equals(last.at()) ? null : asOf;
    }
    return last.nextAt(lastSeenAt, now);
  }

  void published(Instant now, Instant lastSeenAt, Scores scores) {
    last = LastPublished.of(now, lastSeenAt, scores);
  }
}
