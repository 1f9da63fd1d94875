package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/**
 * When a customer's events were, by event time.
 *
 * @param firstAt null until the first event is applied
 * @param lastAt null as long
 * @param lastActivityAt the last click, browse, cart or purchase; null without one
 */
public record Sightings(Instant firstAt, Instant lastAt, Instant lastActivityAt) {
  public static final Sightings NONE = new Sightings(null, null, null);

  Sightings with(BehaviorEvent event) {
    Instant at = event.eventTime();
    return new Sightings(
        firstAt == null || at.isBefore(firstAt) ? at : firstAt,
        later(lastAt, at),
        event.type().isActivity() ? later(lastActivityAt, at) : lastActivityAt);
  }

  private static Instant later(Instant known, Instant at) {
    return known == null || at.isAfter(known) ? at : known;
  }
}
