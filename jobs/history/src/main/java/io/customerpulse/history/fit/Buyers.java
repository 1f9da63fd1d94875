package io.customerpulse.history.fit;

import io.customerpulse.domain.order.OrderDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order days of each buyer, from which a sample is made.
 *
 * <p>Time is elapsed time, from order to order and to as-of. But many logs know days only: their
 * orders all stand at midnight, or at noon. There "up to the 30th" is said with any time of the
 * 30th, and the hours between would be added to the age of everybody. So where all orders lie
 * within {@link #SAME_TIME} of the day, days are counted, each from the first of these times on.
 */
final class Buyers {
  /** Some logs put the orders of a day into sequence by seconds. */
  static final Duration SAME_TIME = Duration.ofHours(1);

  private final Instant asOf;
  private final List<Buyer> all = new ArrayList<>();
  private LocalTime earliest = LocalTime.MAX;
  private LocalTime latest = LocalTime.MIN;
  private long orderDays;

  /** The days of one buyer. */
  private record Buyer(int repeats, long firstMillis, long lastMillis, ZoneId zone) {}

  /** A history whose equals are counted. */
  private record History(int repeats, double recency, double age) {}

  Buyers(Instant asOf) {
    this.asOf = asOf;
  }

  /**
   * Adds a buyer.
   *
   * @param days at least one
   */
  void add(OrderDays days, ZoneId zone) {
    all.add(
        new Buyer(
            Math.toIntExact(days.count() - 1),
            days.firstAt().toEpochMilli(),
            days.lastAt().toEpochMilli(),
            zone));
    orderDays += days.count();
    for (Instant day : days.newest()) {
      LocalTime time = LocalTime.ofInstant(day, zone);
      earliest = time.isBefore(earliest) ? time : earliest;
      latest = time.isAfter(latest) ? time : latest;
    }
  }

  int size() {
    return all.size();
  }

  long orderDays() {
    return orderDays;
  }

  /** Whether the orders say days and no times. */
  boolean areByDay() {
    return !all.isEmpty() && Duration.between(earliest, latest).compareTo(SAME_TIME) <= 0;
  }

  /** The histories, in units. */
  Sample sample(Duration unit) {
    return areByDay() ? countedByDay(unit) : byMilliseconds(unit);
  }

  private Sample byMilliseconds(Duration unit) {
    int[] repeats = new int[all.size()];
    double[] recencies = new double[all.size()];
    double[] ages = new double[all.size()];
    int[] customers = new int[all.size()];
    double unitMillis = unit.toMillis();
    for (int i = 0; i < all.size(); i++) {
      Buyer buyer = all.get(i);
      repeats[i] = buyer.repeats();
      recencies[i] = (buyer.lastMillis() - buyer.firstMillis()) / unitMillis;
      ages[i] = (asOf.toEpochMilli() - buyer.firstMillis()) / unitMillis;
      customers[i] = 1;
    }
    return new Sample(repeats, recencies, ages, customers);
  }

  private Sample countedByDay(Duration unit) {
    double daysPerUnit = unit.toDays();
    Map<History, Integer> counted = new HashMap<>();
    for (Buyer buyer : all) {
      long first = day(buyer.firstMillis(), buyer.zone());
      double recency = (day(buyer.lastMillis(), buyer.zone()) - first) / daysPerUnit;
      double age = (day(asOf.toEpochMilli(), buyer.zone()) - first) / daysPerUnit;
      counted.merge(new History(buyer.repeats(), recency, age), 1, Integer::sum);
    }
    int[] repeats = new int[counted.size()];
    double[] recencies = new double[counted.size()];
    double[] ages = new double[counted.size()];
    int[] customers = new int[counted.size()];
    int i = 0;
    for (Map.Entry<History, Integer> entry : counted.entrySet()) {
      repeats[i] = entry.getKey().repeats();
      recencies[i] = entry.getKey().recency();
      ages[i] = entry.getKey().age();
      customers[i++] = entry.getValue();
    }
    return new Sample(repeats, recencies, ages, customers);
  }

  /** The number of a day that begins at the earliest time of an order. */
  private long day(long millis, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone)
        .minus(earliest.toNanoOfDay(), ChronoUnit.NANOS)
        .toLocalDate()
        .toEpochDay();
  }
}
