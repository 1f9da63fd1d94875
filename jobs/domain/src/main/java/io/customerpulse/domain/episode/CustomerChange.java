package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.order.RecentPurchase;
import java.util.List;

/**
 * What one event has changed about a customer.
 *
 * @param late whether the watermark had passed the event
 * @param cartsBefore the carts as they were
 * @param cartChanges cart by cart
 * @param paid the order that this event made a paid one; null if none
 */
public record CustomerChange(
    BehaviorEvent event,
    boolean late,
    Carts cartsBefore,
    List<Carts.Change> cartChanges,
    RecentPurchase paid) {}
