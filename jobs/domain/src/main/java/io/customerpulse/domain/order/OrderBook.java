package io.customerpulse.domain.order;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * All orders of one customer: the newest {@value #ORDER_LIMIT} in detail, the older ones in totals
 * and traces. Orders that were never paid make room first, so that they push no counting one out.
 * Orders and refunds are idempotent by their ids.
 *
 * @param orders by their time, the oldest first
 * @param older the paid orders that have left the detail
 * @param waiting refunds whose order hasn't come, the oldest first, at most {@value
 *     #WAITING_LIMIT}; each names its order by the order's key
 * @param forfeitedMinor amounts of the refunds that had to leave {@code waiting}, at most {@link
 *     OlderOrders#NET_LIMIT_MINOR}
 */
public record OrderBook(
    List<Order> orders, OlderOrders older, List<Refund> waiting, long forfeitedMinor) {

  public static final int ORDER_LIMIT = 500;
  public static final int WAITING_LIMIT = 50;
  public static final OrderBook EMPTY = new OrderBook(List.of(), OlderOrders.NONE, List.of(), 0);

  private static final Limits LIMITS = new Limits(ORDER_LIMIT, OrderTraces.LIMIT);

  /** How much is remembered. Tests reach smaller ones with less. */
  record Limits(int orders, int traces) {}

  /**
   * What an event did to the book.
   *
   * @param key of the order that the event is about
   * @param dropped how many orders left the detail, and refunds found no room
   * @param forgotten how many traces of older orders fell over the limit
   */
  public record Change(
      OrderBook next, String key, OrderState before, OrderState after, int dropped, int forgotten) {

    /** Whether it made the order a paid one. */
    public boolean pays() {
      return (before == OrderState.UNKNOWN || before == OrderState.UNPAID)
          && (after == OrderState.COUNTING || after == OrderState.OUT);
    }
  }

  /**
   * Applies one purchase event.
   *
   * @param key of its order
   * @param zone of the calendar days
   */
  public Change with(String key, Purchase purchase, Instant at, ZoneId zone) {
    return with(key, purchase, at, zone, LIMITS);
  }

  Change with(String key, Purchase purchase, Instant at, ZoneId zone, Limits limits) {
    Order before = find(key);
    if (before == null && older.stateOf(key) != OrderState.UNKNOWN) {
      boolean closes = purchase.status() == OrderStatus.CLOSED;
      return replacing(key, closes ? older.without(key) : older, limits);
    }
    Order after = (before == null ? Order.unknown(key, at) : before).with(purchase, at);
    int dropped = 0;
    List<Refund> stillWaiting = waiting;
    if (before == null) {
      stillWaiting = new ArrayList<>();
      for (Refund refund : waiting) {
        if (!refund.orderId().equals(key)) {
          stillWaiting.add(refund);
        } else if (after.refunds().size() < Order.REFUND_LIMIT) {
          after = after.with(refund);
        } else {
          dropped++;
        }
      }
    }
    OrderBook next = replacing(before, after, stillWaiting);
    OrderState stateBefore = before == null ? OrderState.UNKNOWN : OrderState.of(before);
    return next.withinLimit(key, stateBefore, OrderState.of(after), dropped, zone, limits);
  }

  /**
   * Applies one refund; it waits where its order hasn't come.
   *
   * @param key of its order
   */
  public Change with(String key, Refund refund) {
    return with(key, refund, LIMITS);
  }

  Change with(String key, Refund refund, Limits limits) {
    Order order = find(key);
    if (order == null) {
      return older.stateOf(key) == OrderState.UNKNOWN
          ? waitingFor(new Refund(key, refund.refundId(), refund.amountMinor(), refund.full()))
          : replacing(key, older.with(key, refund), limits);
    }
    OrderState before = OrderState.of(order);
    if (order.hasRefund(refund.refundId())) {
      return new Change(this, key, before, before, 0, 0);
    }
    if (order.refunds().size() == Order.REFUND_LIMIT) {
      return new Change(this, key, before, before, 1, 0);
    }
    Order after = order.with(refund);
    return new Change(replacing(order, after, waiting), key, before, OrderState.of(after), 0, 0);
  }

  private Change waitingFor(Refund refund) {
    String key = refund.orderId();
    boolean known =
        waiting.stream()
            .anyMatch(
                other -> other.orderId().equals(key) && other.refundId().equals(refund.refundId()));
    if (known) {
      return new Change(this, key, OrderState.UNKNOWN, OrderState.UNKNOWN, 0, 0);
    }
    List<Refund> grown = new ArrayList<>(waiting);
    grown.add(refund);
    long forfeited = forfeitedMinor;
    int dropped = 0;
    if (grown.size() > WAITING_LIMIT) {
      forfeited = Math.min(OlderOrders.NET_LIMIT_MINOR, forfeited + grown.remove(0).amountMinor());
      dropped = 1;
    }
    OrderBook next = new OrderBook(orders, older, List.copyOf(grown), forfeited);
    return new Change(next, key, OrderState.UNKNOWN, OrderState.UNKNOWN, dropped, 0);
  }

  /** After an event of an order that has left the detail. */
  private Change replacing(String key, OlderOrders after, Limits limits) {
    int forgotten = Math.max(0, after.traces().size() - limits.traces());
    OrderBook next =
        after == older
            ? this
            : new OrderBook(orders, after.forgetting(forgotten), waiting, forfeitedMinor);
    return new Change(next, key, older.stateOf(key), after.stateOf(key), 0, forgotten);
  }

  private Change withinLimit(
      String key, OrderState before, OrderState after, int dropped, ZoneId zone, Limits limits) {
    if (orders.size() <= limits.orders()) {
      return new Change(this, key, before, after, dropped, 0);
    }
    List<Order> left = new ArrayList<>(orders);
    Order leaving = left.remove(leastNeeded(left));
    OlderOrders grown = leaving.isPaid() ? older.with(leaving, zone) : older;
    int forgotten = Math.max(0, grown.traces().size() - limits.traces());
    OrderBook next =
        new OrderBook(List.copyOf(left), grown.forgetting(forgotten), waiting, forfeitedMinor);
    return new Change(next, key, before, after, dropped + 1, forgotten);
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

  private OrderBook replacing(Order before, Order after, List<Refund> stillWaiting) {
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
    return new OrderBook(List.copyOf(next), older, List.copyOf(stillWaiting), forfeitedMinor);
  }

  private Order find(String key) {
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (orders.get(i).orderId().equals(key)) {
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
      sum += order.netMinor();
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
      sum += refund.amountMinor();
    }
    return sum;
  }
}
