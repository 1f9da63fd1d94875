package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * That somebody was erased whose late events must not begin a customer anew.
 *
 * @param at events up to here belong to who was erased; null where nobody was
 */
public record Erasure(Instant at) {
  public static final Erasure NONE = new Erasure(null);

  /** How long an erasure keeps late events of the erased person out. */
  static final Duration LIFE = Duration.ofDays(30);

  boolean isNone() {
    return at == null;
  }

  /** Whether an event is of the person who was erased. */
  boolean covers(BehaviorEvent event) {
    return at != null && !event.eventTime().isAfter(at);
  }

  /** Null where there is none. */
  Instant endsAt() {
    return at == null ? null : at.plus(LIFE);
  }

  /** What of it still counts. */
  Erasure asOf(Instant now) {
    return at != null && !now.isBefore(endsAt()) ? NONE : this;
  }

  Erasure with(Instant erasedAt) {
    return at == null || erasedAt.isAfter(at) ? new Erasure(erasedAt) : this;
  }
}
