package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.lifecycle.SilencePolicy.Silence;
import io.customerpulse.domain.order.OrderBook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The stage of a customer as a function of the counting orders and the time, and the next moment at
 * which time alone changes it.
 *
 * @param loyalOrders counting orders within the window that make a customer loyal
 * @param windowDays whole calendar days that an order counts
 * @param zone of the calendar days
 */
public record Lifecycle(SilencePolicy policy, int loyalOrders, long windowDays, ZoneId zone) {

  /** The stage at an instant, given the orders known by then. */
  public Stage stageAt(OrderBook orders, Instant now) {
    Instant last = orders.lastAt();
    if (last == null) {
      return Stage.PROSPECT;
    }
    Silence limits = policy.of(orders);
    Duration silence = Duration.between(last, now);
    if (silence.compareTo(limits.lost()) >= 0) {
      return Stage.LOST;
    }
    if (silence.compareTo(limits.dormant()) >= 0) {
      return Stage.DORMANT;
    }
    if (silence.compareTo(limits.atRisk()) >= 0) {
      return Stage.AT_RISK;
    }
    Instant decisive = orders.newestAt(loyalOrders);
    if (decisive != null && now.isBefore(leavesWindowAt(decisive))) {
      return Stage.LOYAL;
    }
    return orders.count() >= 2 ? Stage.REPEAT : Stage.NEW;
  }

  /** The next instant after {@code now} at which the stage may change by time; null if never. */
  public Instant nextChangeAfter(OrderBook orders, Instant now) {
    Instant last = orders.lastAt();
    if (last == null) {
      return null;
    }
    Silence limits = policy.of(orders);
    Instant next = earliestAfter(now, null, last.plus(limits.lost()));
    next = earliestAfter(now, next, last.plus(limits.dormant()));
    next = earliestAfter(now, next, last.plus(limits.atRisk()));
    Instant decisive = orders.newestAt(loyalOrders);
    return decisive == null ? next : earliestAfter(now, next, leavesWindowAt(decisive));
  }

  /** Why time alone has led to a stage. */
  public static TransitionReason reasonOfTime(Stage to) {
    return to.isAsleep() ? TransitionReason.SILENCE : TransitionReason.WINDOW_EXPIRED;
  }

  /** Why an order has led from a stage to another. */
  public static TransitionReason reasonOfOrder(Stage from, Stage to) {
    if (from == Stage.PROSPECT) {
      return TransitionReason.FIRST_ORDER;
    }
    if (from.isAsleep()) {
      return TransitionReason.REACTIVATED;
    }
    return to == Stage.LOYAL ? TransitionReason.LOYAL : TransitionReason.REPEAT_ORDER;
  }

  /** The local midnight at which an order's day is too old to count. */
  private Instant leavesWindowAt(Instant orderAt) {
    LocalDate day = LocalDate.ofInstant(orderAt, zone);
    return day.plusDays(windowDays).atStartOfDay(zone).toInstant();
  }

  private static Instant earliestAfter(Instant now, Instant best, Instant candidate) {
    boolean better = candidate.isAfter(now) && (best == null || candidate.isBefore(best));
    return better ? candidate : best;
  }
}
