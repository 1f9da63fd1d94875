package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The tail of a customer's events: those that the watermark hasn't passed.
 *
 * @param events in the order in which they apply, at most {@value #LIMIT}
 */
public record WaitingEvents(List<BehaviorEvent> events) {
  /**
   * The oldest beyond it are applied early and counted: one minute of the most that a customer may
   * send, twice.
   */
  public static final int LIMIT = 2 * RateWindow.LIMIT;

  public static final WaitingEvents NONE = new WaitingEvents(List.of());

  WaitingEvents with(BehaviorEvent event) {
    List<BehaviorEvent> next = new ArrayList<>(events.size() + 1);
    next.addAll(events);
    int place = next.size();
    while (place > 0 && BehaviorEvent.APPLICATION_ORDER.compare(next.get(place - 1), event) > 0) {
      place--;
    }
    next.add(place, event);
    return new WaitingEvents(Collections.unmodifiableList(next));
  }

  /** Without so many of the first. */
  WaitingEvents withoutFirst(int applied) {
    if (applied == 0) {
      return this;
    }
    return applied == events.size()
        ? NONE
        : new WaitingEvents(List.copyOf(events.subList(applied, events.size())));
  }
}
