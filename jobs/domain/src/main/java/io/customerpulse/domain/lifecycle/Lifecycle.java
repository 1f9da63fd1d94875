package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.lifecycle.SilencePolicy.Silence;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The stage of a customer as a function of the counting orders and the time.
 *
 * @param loyalOrders counting orders within the window that make a customer loyal
 * @param windowDays whole calendar days that an order counts
 * @param zone of the calendar days
 */
public record Lifecycle(SilencePolicy policy, int loyalOrders, long windowDays, ZoneId zone) {

  /**
   * The lifecycle that the settings describe.
   *
   * @param zone of the calendar days
   */
  public static Lifecycle of(Settings settings, ZoneId zone) {
    return new Lifecycle(
        SilencePolicy.of(settings.lifecycle(), zone),
        settings.lifecycle().loyalOrders(),
        settings.rfm().window().toDays(),
        zone);
  }

  /** What becomes of a customer as long as the orders stay as they are. */
  public StageSchedule scheduleOf(OrderBook orders) {
    Instant last = orders.lastAt();
    if (last == null) {
      return StageSchedule.PROSPECT;
    }
    Silence limits = policy.of(orders);
    Instant decisive = orders.newestAt(loyalOrders);
    return new StageSchedule(
        orders.count() >= 2 ? Stage.REPEAT : Stage.NEW,
        decisive == null ? null : leavesWindowAt(decisive),
        last.plus(limits.atRisk()),
        last.plus(limits.dormant()),
        last.plus(limits.lost()));
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
  public Instant leavesWindowAt(Instant orderAt) {
    LocalDate day = LocalDate.ofInstant(orderAt, zone);
    return day.plusDays(windowDays).atStartOfDay(zone).toInstant();
  }
}
