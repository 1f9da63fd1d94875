package io.customerpulse.tables;

import java.util.Collection;
import java.util.Comparator;

/**
 * What the orders that one trigger has converted come to.
 *
 * @param orders how many, at least 1
 * @param first the earliest; of two at one instant the smaller id
 * @param revenueMinor what is attributed to the trigger
 * @param liftConverted whether one of them counts for the rule's lift
 */
record Conversions(int orders, Order first, long revenueMinor, boolean liftConverted) {

  /**
   * One order.
   *
   * @param atMillis when, event time
   * @param revenueMinor what of its amount is attributed to the trigger
   */
  record Order(String orderId, long atMillis, long revenueMinor, boolean liftConverted) {}

  /**
   * Sums up.
   *
   * @param orders one or more, each once
   */
  static Conversions of(Collection<Order> orders) {
    Order first =
        orders.stream()
            .min(Comparator.comparingLong(Order::atMillis).thenComparing(Order::orderId))
            .orElseThrow();
    return new Conversions(
        orders.size(),
        first,
        orders.stream().mapToLong(Order::revenueMinor).sum(),
        orders.stream().anyMatch(Order::liftConverted));
  }
}
