package io.customerpulse.domain.forecast;

import io.customerpulse.domain.order.OrderDays;
import java.time.Duration;
import java.time.Instant;

/**
 * What the purchase models of the literature know of a customer; their names for it are x, t_x and
 * T. Time is counted in a unit of the model's.
 *
 * @param repeats order days after the first, x
 * @param recency from the first order day to the last, t_x; 0 without a repeated one
 * @param age from the first order day to now, T; at least {@code recency}
 */
public record BuyingHistory(long repeats, double recency, double age) {

  /**
   * The history at an instant.
   *
   * @param days at least one
   * @param unit in which time is counted
   */
  public static BuyingHistory at(OrderDays days, Instant now, Duration unit) {
    double recency = units(days.firstAt(), days.lastAt(), unit);
    double age = units(days.firstAt(), now, unit);
    return new BuyingHistory(days.count() - 1, recency, Math.max(recency, age));
  }

  private static double units(Instant from, Instant to, Duration unit) {
    return (double) Duration.between(from, to).toMillis() / unit.toMillis();
  }
}
