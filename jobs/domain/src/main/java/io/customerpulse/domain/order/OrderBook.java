package io.customerpulse.domain.order;

import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * All orders of one customer: the newest {@value #ORDER_LIMIT} in detail, the older ones in totals.
 * Orders that were never paid make room first, so that they push no counting one out. Orders and
 * refunds are idempotent by their ids.
 *
 * @param orders by their time, the oldest first
 * @param older the counting orders that have left the detail
 * @param waiting refunds whose order hasn't come, the oldest first, at most {@value #WAITING_LIMIT}
 * @param forfeitedMinor amounts of the refunds that had to leave {@code waiting}
 */
public record OrderBook(
    List<Order> orders, Totals older, List<Refund> waiting, long forfeitedMinor) {

  public static final int ORDER_LIMIT = 500;
  public static final int WAITING_LIMIT = 50;
  public static final OrderBook EMPTY = new OrderBook(List.of(), Totals.NONE, List.of(), 0);

  /**
   * Orders that are no longer known one by one.
   *
   * @param firstAt time of the first of them; null without one
   * @param days calendar days with one of them; one that is learnt late, when its neighbours have
   *     left the detail already, has a day of its own
   * @param lastDayAt time of the first order of the last of these days; null without one
   */
  public record Totals(long count, long netMinor, Instant firstAt, long days, Instant lastDayAt) {
    public static final Totals NONE = new Totals(0, 0, null, 0, null);

    private Totals with(Order leaving, ZoneId zone) {
      Instant at = leaving.paidAt();
      Instant first = firstAt == null || at.isBefore(firstAt) ? at : firstAt;
      boolean sameDay = lastDayAt != null && OrderDays.isSame(at, lastDayAt, zone);
      // Of one day the first order counts, of several days the last one.
      boolean decides = lastDayAt == null || sameDay == at.isBefore(lastDayAt);
      return new Totals(
          count + 1,
          MinorUnits.sum(netMinor, leaving.netMinor()),
          first,
          sameDay ? days : days + 1,
          decides ? at : lastDayAt);
    }
  }

  /**
   * What an event did to the book.
   *
   * @param before the order as it was; null where it was not known
   * @param after the order as it is; null where it is not known
   * @param dropped how much fell over a limit
   */
  public record Change(OrderBook next, Order before, Order after, int dropped) {

    /** Whether it made the order a paid one. */
    public boolean pays() {
      return after != null && after.isPaid() && (before == null || !before.isPaid());
    }

    private Change withinLimit(ZoneId zone) {
      if (next.orders().size() <= ORDER_LIMIT) {
        return this;
      }
      List<Order> left = new ArrayList<>(next.orders());
      Order leaving = left.remove(leastNeeded(left));
      Totals totals = leaving.isCounting() ? next.older().with(leaving, zone) : next.older();
      OrderBook book =
          new OrderBook(List.copyOf(left), totals, next.waiting(), next.forfeitedMinor());
      return new Change(book, before, after, dropped + 1);
    }

    /** The oldest order that was never paid, for it counts for nothing; else the oldest of all. */
    private static int leastNeeded(List<Order> orders) {
      for (int i = 0; i < orders.size(); i++) {
        if (!orders.get(i).isPaid()) {
          return i;
        }
      }
      return 0;
    }
  }

  /**
   * Applies one purchase event.
   *
   * @param zone of the calendar days
   */
  public Change with(Purchase purchase, Instant at, ZoneId zone) {
    Order before = find(purchase.orderId());
    Order after =
        (before == null ? Order.unknown(purchase.orderId(), at) : before).with(purchase, at);
    int dropped = 0;
    List<Refund> stillWaiting = waiting;
    if (before == null) {
      stillWaiting = new ArrayList<>();
      for (Refund refund : waiting) {
        if (!refund.orderId().equals(purchase.orderId())) {
          stillWaiting.add(refund);
        } else if (after.refunds().size() < Order.REFUND_LIMIT) {
          after = after.with(refund);
        } else {
          dropped++;
        }
      }
    }
    return replacing(before, after, stillWaiting, dropped).withinLimit(zone);
  }

  /** Applies one refund; it waits where its order hasn't come. */
  public Change with(Refund refund) {
    Order order = find(refund.orderId());
    if (order == null) {
      return waitingFor(refund);
    }
    if (order.hasRefund(refund.refundId())) {
      return new Change(this, order, order, 0);
    }
    if (order.refunds().size() == Order.REFUND_LIMIT) {
      return new Change(this, order, order, 1);
    }
    return replacing(order, order.with(refund), waiting, 0);
  }

  private Change waitingFor(Refund refund) {
    boolean known =
        waiting.stream()
            .anyMatch(
                other ->
                    other.orderId().equals(refund.orderId())
                        && other.refundId().equals(refund.refundId()));
    if (known) {
      return new Change(this, null, null, 0);
    }
    List<Refund> grown = new ArrayList<>(waiting);
    grown.add(refund);
    long forfeited = forfeitedMinor;
    int dropped = 0;
    if (grown.size() > WAITING_LIMIT) {
      forfeited = MinorUnits.sum(forfeited, grown.remove(0).amountMinor());
      dropped = 1;
    }
    OrderBook next = new OrderBook(orders, older, List.copyOf(grown), forfeited);
    return new Change(next, null, null, dropped);
  }

  private Change replacing(Order before, Order after, List<Refund> stillWaiting, int dropped) {
    List<Order> next = new ArrayList<>(orders.size() + 1);
    for (Order order : orders) {
      if (order != before) {
        next.add(order);
      }
    }
    int place = next.size();
    while (place > 0 && next.get(place - 1).time().isAfter(after.time())) {
      place--;
    }
    next.add(place, after);
    OrderBook book =
        new OrderBook(List.copyOf(next), older, List.copyOf(stillWaiting), forfeitedMinor);
    return new Change(book, before, after, dropped);
  }

  private Order find(String orderId) {
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (orders.get(i).orderId().equals(orderId)) {
        return orders.get(i);
      }
    }
    return null;
  }

  /** Counting orders ever. */
  public long count() {
    long count = older.count();
    for (Order order : orders) {
      if (order.isCounting()) {
        count++;
      }
    }
    return count;
  }

  /** Net spend of the counting orders ever, in minor units. */
  public long netMinor() {
    long sum = older.netMinor();
    for (Order order : orders) {
      sum = MinorUnits.sum(sum, order.netMinor());
    }
    return sum;
  }

  /** Time of the first counting order; null without one. */
  public Instant firstAt() {
    if (older.firstAt() != null) {
      return older.firstAt();
    }
    for (Order order : orders) {
      if (order.isCounting()) {
        return order.paidAt();
      }
    }
    return null;
  }

  /** The calendar days with counting orders. */
  public OrderDays days(ZoneId zone) {
    return OrderDays.of(this, zone);
  }

  /**
   * Time of the last counting order; null without one. Where none is known in detail any more, that
   * of the first order of its day.
   */
  public Instant lastAt() {
    Instant newest = newestAt(1);
    return newest == null ? older.lastDayAt() : newest;
  }

  /** Time of the n-th newest counting order known in detail, from 1; null where there are fewer. */
  public Instant newestAt(int n) {
    int left = n;
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (orders.get(i).isCounting() && --left == 0) {
        return orders.get(i).paidAt();
      }
    }
    return null;
  }

  /**
   * Frequency and money of the counting orders whose day is less than a number of days before
   * another day.
   */
  public Window window(LocalDate asOf, long days, ZoneId zone) {
    LocalDate oldest = asOf.minusDays(days - 1);
    Instant from = oldest.atStartOfDay(zone).toInstant();
    long count = 0;
    long net = 0;
    Instant firstAt = null;
    for (int i = orders.size() - 1; i >= 0; i--) {
      Order order = orders.get(i);
      if (order.isCounting() && !order.paidAt().isBefore(from)) {
        count++;
        net += order.netMinor();
        firstAt = order.paidAt();
      }
    }
    return new Window(count, net, firstAt);
  }

  /**
   * Counting orders and their net amounts within a window of days.
   *
   * @param firstAt time of the first of them; null without one
   */
  public record Window(long orders, long netMinor, Instant firstAt) {}

  /** Sum of the refunds whose order never came, in minor units. */
  public long unmatchedRefundsMinor() {
    long sum = forfeitedMinor;
    for (Refund refund : waiting) {
      sum = MinorUnits.sum(sum, refund.amountMinor());
    }
    return sum;
  }
}
