package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;
import java.util.List;

/** Up to where a customer's time is processed, and which events are still to be applied. */
final class Timeline {
  private final List<BehaviorEvent> events;

  /** So many of them have been taken. */
  private int taken;

  private Instant processedUpTo;

  /**
   * @param events in the order in which they apply
   * @param processedUpTo null before the first event
   */
  Timeline(List<BehaviorEvent> events, Instant processedUpTo) {
    this.events = events;
    this.processedUpTo = processedUpTo;
  }

  /** Null before the first event. */
  Instant processedUpTo() {
    return processedUpTo;
  }

  void moveTo(Instant now) {
    processedUpTo = now;
  }

  /** Whether every event has been taken. */
  boolean isEmpty() {
    return taken == events.size();
  }

  /** When the next one applies; null where none is left. */
  Instant nextEventAt() {
    return isEmpty() ? null : events.get(taken).eventTime();
  }

  BehaviorEvent takeNext() {
    return events.get(taken++);
  }

  /** The first of two, either of which may be null for never. */
  static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
