package io.customerpulse.domain.customer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The times of the events accepted within the last minute, so that a bot's flood ends at {@value
 * #LIMIT} events per customer and minute.
 *
 * @param accepted the oldest first
 */
public record RateWindow(List<Instant> accepted) {
  public static final int LIMIT = 1_000;
  public static final Duration LENGTH = Duration.ofMinutes(1);
  public static final RateWindow EMPTY = new RateWindow(List.of());

  /** Whether one more event fits into the minute that ends with it. */
  boolean hasRoomAt(Instant at) {
    return accepted.size() < LIMIT || within(at).size() < LIMIT;
  }

  RateWindow with(Instant at) {
    List<Instant> within = within(at);
    List<Instant> next = new ArrayList<>(within.size() + 1);
    next.addAll(within);
    int place = next.size();
    while (place > 0 && next.get(place - 1).isAfter(at)) {
      place--;
    }
    next.add(place, at);
    return new RateWindow(Collections.unmodifiableList(next));
  }

  /** Those of (at − 1 min, …]: late events look back from their own time. */
  private List<Instant> within(Instant at) {
    Instant from = at.minus(LENGTH);
    int first = 0;
    while (first < accepted.size() && !accepted.get(first).isAfter(from)) {
      first++;
    }
    return accepted.subList(first, accepted.size());
  }
}
