package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.RecentPurchase;
import java.time.Instant;
import java.util.List;

/**
 * What one event has changed about a customer.
 *
 * @param at the event's time, or the watermark where the event is late
 * @param first whether it is the first that is known of the customer
 * @param late whether the watermark had passed the event
 * @param viewed whether it is a view that counts
 * @param cartsBefore the carts as they were
 * @param cartChanges cart by cart
 * @param order what it did to an order; null if it is about none
 * @param payment what this event paid for, be it the first payment of its order or a further one;
 *     null if it pays for nothing
 */
public record CustomerChange(
    BehaviorEvent event,
    Instant at,
    boolean first,
    boolean late,
    boolean viewed,
    Carts cartsBefore,
    List<Carts.Change> cartChanges,
    OrderBook.Change order,
    RecentPurchase payment) {

  /** The order that this event made a paid one; null if none. */
  public RecentPurchase paid() {
    return payment == null || payment.repeated() ? null : payment;
  }
}
