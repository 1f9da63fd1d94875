package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.RecentPurchases;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.view.RecentViews;

/**
 * What events have told of a customer.
 *
 * @param recentPurchases what was bought lately: carts and episodes that learn late must know of it
 * @param recentViews what a view is compared with that may be one of them, reported again
 */
public record CustomerFacts(
    KnownIdentifiers identifiers,
    Sightings sightings,
    OrderBook orders,
    Carts carts,
    Interests interests,
    SelfReported selfReported,
    RecentPurchases recentPurchases,
    RecentViews recentViews) {
  public static final CustomerFacts NONE =
      new CustomerFacts(
          KnownIdentifiers.NONE,
          Sightings.NONE,
          OrderBook.EMPTY,
          Carts.EMPTY,
          Interests.NONE,
          SelfReported.NONE,
          RecentPurchases.NONE,
          RecentViews.NONE);
}
