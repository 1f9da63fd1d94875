package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Phase;
import io.customerpulse.domain.event.Payload.Purchase;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the contract says of events one by one, and of their order. */
final class NaiveEvents {
  /** By this those of one instant and one counter are put into order. */
  private static final List<String> RANKS =
      List.of(
          "IDENTIFY",
          "PROFILE",
          "BROWSE",
          "CLICK",
          "CUSTOM",
          "CART",
          "PURCHASE",
          "REFUND",
          "MESSAGE",
          "ERASE");

  private static final Set<EventType> ACTIVITIES =
      EnumSet.of(EventType.CLICK, EventType.BROWSE, EventType.CART, EventType.PURCHASE);

  private NaiveEvents() {}

  /** In the order in which they apply. */
  static List<BehaviorEvent> sorted(Collection<BehaviorEvent> events) {
    return events.stream()
        .sorted(
            Comparator.comparing(BehaviorEvent::eventTime)
                .thenComparing(event -> event.seq() == null ? 0L : event.seq())
                .thenComparing(event -> RANKS.indexOf(event.type().name()))
                .thenComparing(BehaviorEvent::eventId))
        .toList();
  }

  static boolean isActivity(BehaviorEvent event) {
    return ACTIVITIES.contains(event.type());
  }

  /** An enter, or a look of which no phase is told. */
  static boolean isView(Browse browse) {
    return browse.phase() == null || browse.phase() == Phase.ENTER;
  }

  static boolean pays(Purchase purchase) {
    return purchase.status() == OrderStatus.PAID || purchase.status() == OrderStatus.COMPLETED;
  }
}
