package io.customerpulse.domain.order;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The calendar days with a counting order, each of which stands at its first order. Several orders
 * of a day are one decision to buy: what is said of a customer's rhythm goes by days.
 *
 * @param count of all days
 * @param firstAt where the first day stands; null without one
 * @param newest where the last days stand, the oldest first: as many as are known one by one
 */
public record OrderDays(long count, Instant firstAt, List<Instant> newest) {
  private static final int SECONDS_PER_DAY = 86_400;

  /** The days of the orders known by now. */
  static OrderDays of(OrderBook book, ZoneId zone) {
    OlderOrders older = book.older();
    List<Instant> starts = new ArrayList<>();
    long count = older.days();
    Instant last = older.lastDayAt();
    if (last != null) {
      starts.add(last);
    }
    for (Order order : book.orders()) {
      if (order.isCounting()) {
        Instant at = order.paidAt();
        if (last == null || !isSame(at, last, zone)) {
          starts.add(at);
          count++;
          last = at;
        }
      }
    }
    return new OrderDays(count, book.firstAt(), starts);
  }

  /** Where the last day stands; null without one. */
  public Instant lastAt() {
    return newest.isEmpty() ? null : newest.get(newest.size() - 1);
  }

  /** Whether two instants fall on one calendar day. */
  static boolean isSame(Instant one, Instant other, ZoneId zone) {
    return epochDay(one, zone) == epochDay(other, zone);
  }

  private static long epochDay(Instant at, ZoneId zone) {
    int offsetSeconds = zone.getRules().getOffset(at).getTotalSeconds();
    return Math.floorDiv(at.getEpochSecond() + offsetSeconds, SECONDS_PER_DAY);
  }
}
