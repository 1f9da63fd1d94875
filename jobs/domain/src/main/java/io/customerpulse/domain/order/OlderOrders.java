package io.customerpulse.domain.order;

import io.customerpulse.domain.event.Payload.Refund;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The paid orders that are no longer kept one by one: in totals, and each in a trace.
 *
 * @param count of those that count
 * @param netMinor what they contribute to money, in minor units, at most {@link #NET_LIMIT_MINOR}
 * @param firstAt time of the first of them; null without one
 * @param days calendar days with one of them; one that is learnt late, when its neighbours have
 *     left the detail already, has a day of its own
 * @param lastDayAt time of the first order of the last of these days; null without one
 * @param traces at most {@value OrderTraces#LIMIT}
 */
public record OlderOrders(
    long count, long netMinor, Instant firstAt, long days, Instant lastDayAt, OrderTraces traces) {

  /**
   * Money of the older orders in minor units; more is not counted, so that no sum can overflow,
   * whatever the orders in the detail add to it.
   */
  public static final long NET_LIMIT_MINOR = 1_000_000_000_000_000_000L;

  public static final OlderOrders NONE = new OlderOrders(0, 0, null, 0, null, OrderTraces.NONE);

  /** What is known of an order. */
  OrderState stateOf(String key) {
    int place = traces.find(key);
    if (place < 0) {
      return OrderState.UNKNOWN;
    }
    return traces.netMinor(place) == OrderTraces.NOTHING ? OrderState.OUT : OrderState.COUNTING;
  }

  /** With one more, which was paid. */
  OlderOrders with(Order leaving, ZoneId zone) {
    OrderTraces grown = traces.with(leaving);
    if (!leaving.isCounting()) {
      return new OlderOrders(count, netMinor, firstAt, days, lastDayAt, grown);
    }
    Instant at = leaving.paidAt();
    Instant first = firstAt == null || at.isBefore(firstAt) ? at : firstAt;
    boolean sameDay = lastDayAt != null && OrderDays.isSame(at, lastDayAt, zone);
    // Of one day the first order counts, of several days the last one.
    boolean decides = lastDayAt == null || sameDay == at.isBefore(lastDayAt);
    return new OlderOrders(
        count + 1,
        Math.min(NET_LIMIT_MINOR, netMinor + leaving.netMinor()),
        first,
        sameDay ? days : days + 1,
        decides ? at : lastDayAt,
        grown);
  }

  /** Without one that is there and has been closed: for good, as its events aren't known. */
  OlderOrders without(String key) {
    int place = traces.find(key);
    long net = traces.netMinor(place);
    if (net == OrderTraces.NOTHING) {
      return this;
    }
    OrderTraces next = traces.contributing(place, OrderTraces.NOTHING);
    if (count == 1) {
      return new OlderOrders(0, 0, null, 0, null, next);
    }
    // Which of the days were its own isn't known: there are no more of them than orders.
    return new OlderOrders(
        count - 1,
        Math.max(0, netMinor - net),
        firstAt,
        Math.min(days, count - 1),
        lastDayAt,
        next);
  }

  /** After a refund of one that is there, which is applied once. */
  OlderOrders with(String key, Refund refund) {
    int place = traces.find(key);
    long net = traces.netMinor(place);
    if (net == OrderTraces.NOTHING || traces.hasRefund(key, refund.refundId())) {
      return this;
    }
    if (refund.full() || (net > 0 && refund.amountMinor() >= net)) {
      return without(key);
    }
    long taken = Math.min(net, refund.amountMinor());
    return new OlderOrders(
        count,
        Math.max(0, netMinor - taken),
        firstAt,
        days,
        lastDayAt,
        traces.contributing(place, net - taken).withRefund(key, refund.refundId()));
  }

  /** Without the traces that came first. */
  OlderOrders forgetting(int count) {
    return count == 0
        ? this
        : new OlderOrders(
            this.count, netMinor, firstAt, days, lastDayAt, traces.withoutFirst(count));
  }
}
