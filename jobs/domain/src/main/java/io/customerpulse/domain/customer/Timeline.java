package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/** Up to where a customer's time is processed, and which events wait for theirs. */
final class Timeline {
  private WaitingEvents waiting;

  /** So many of those that wait have been taken. */
  private int taken;

  private Instant processedUpTo;

  Timeline(WaitingEvents waiting, Instant processedUpTo) {
    this.waiting = waiting;
    this.processedUpTo = processedUpTo;
  }

  /** Null before the first event. */
  Instant processedUpTo() {
    return processedUpTo;
  }

  void moveTo(Instant now) {
    processedUpTo = now;
  }

  void await(BehaviorEvent event) {
    waiting = waiting().with(event);
    taken = 0;
  }

  boolean isOverLimit() {
    return waiting.events().size() - taken > WaitingEvents.LIMIT;
  }

  boolean isEmpty() {
    return taken == waiting.events().size();
  }

  /** When the first of those that wait applies; null where none does. */
  Instant nextEventAt() {
    return isEmpty() ? null : waiting.events().get(taken).eventTime();
  }

  BehaviorEvent takeNext() {
    return waiting.events().get(taken++);
  }

  WaitingEvents waiting() {
    return waiting.withoutFirst(taken);
  }

  /** The first of two, either of which may be null for never. */
  static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
