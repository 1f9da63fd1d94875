package io.customerpulse.domain.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was bought lately: at most {@value #LIMIT} purchases, those of the last 10 d.
 *
 * @param all the oldest first
 */
public record RecentPurchases(List<RecentPurchase> all) {
  public static final int LIMIT = 50;

  /** How long a purchase is remembered for late events. */
  public static final Duration LIFE = Duration.ofDays(10);

  public static final RecentPurchases NONE = new RecentPurchases(List.of());

  /** With one more and without what is too old; over the limit go repeated ones first. */
  public RecentPurchases with(RecentPurchase payment) {
    List<RecentPurchase> next = new ArrayList<>(all);
    int place = next.size();
    while (place > 0 && next.get(place - 1).at().isAfter(payment.at())) {
      place--;
    }
    next.add(place, payment);
    Instant from = next.get(next.size() - 1).at().minus(LIFE);
    next.removeIf(old -> !old.at().isAfter(from) && (old != payment || payment.repeated()));
    while (next.size() > LIMIT) {
      next.remove(firstRepeated(next));
    }
    return new RecentPurchases(List.copyOf(next));
  }

  private static int firstRepeated(List<RecentPurchase> purchases) {
    int place = 0;
    while (place < purchases.size() && !purchases.get(place).repeated()) {
      place++;
    }
    return place == purchases.size() ? 0 : place;
  }
}
