package io.customerpulse.domain.forecast;

import io.customerpulse.domain.order.OrderBook;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What the purchase model expects of a customer; both null for a prospect.
 *
 * @param probabilityAlive 0 to 1
 * @param expectedOrders order days to come within a horizon
 */
public record Outlook(Double probabilityAlive, Double expectedOrders) {
  private static final Outlook UNKNOWN = new Outlook(null, null);

  /**
   * The outlook at an instant, given the orders known by then.
   *
   * @param horizon how far ahead orders are expected
   * @param zone of the calendar days
   */
  public static Outlook at(
      Instant now, OrderBook orders, MbgNbd model, Duration horizon, ZoneId zone) {
    if (orders.lastAt() == null) {
      return UNKNOWN;
    }
    BuyingHistory history = BuyingHistory.at(orders.days(zone), now, model.unit());
    return new Outlook(
        model.probabilityAlive(history), model.expectedOrderDays(history, model.units(horizon)));
  }
}
