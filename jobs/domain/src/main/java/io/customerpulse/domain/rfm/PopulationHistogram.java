package io.customerpulse.domain.rfm;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The customers of a tenant with an order in the window, counted by what they are scored by. Its
 * size doesn't grow with the customers: a value per day of the window, at most as many numbers of
 * orders as are kept of a customer, and at most 55,296 bins of money.
 *
 * @param lastDays by the day of the last counting order, days since 1970
 * @param orders by the number of orders in the window
 * @param moneyBins by the bin of their net amounts
 */
public record PopulationHistogram(Histogram lastDays, Histogram orders, Histogram moneyBins) {
  public static final PopulationHistogram NOBODY =
      new PopulationHistogram(Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY);

  public PopulationHistogram plus(PopulationHistogram change) {
    return new PopulationHistogram(
        lastDays.plus(change.lastDays),
        orders.plus(change.orders),
        moneyBins.plus(change.moneyBins));
  }

  public boolean isEmpty() {
    return lastDays.isEmpty() && orders.isEmpty() && moneyBins.isEmpty();
  }

  /**
   * The cuts between the fifths, by recency as of a day. Those of money are the greatest amounts of
   * their bins, so that whoever is in the bin isn't beyond the cut.
   *
   * @return empty where there is nobody
   */
  public Optional<Cuts> cuts(String version, LocalDate today) {
    if (orders.total() <= 0) {
      return Optional.empty();
    }
    List<Integer> recencyDays = new ArrayList<>();
    for (long lastDay : lastDays.cutsFromGreatest()) {
      recencyDays.add((int) (today.toEpochDay() - lastDay));
    }
    List<Integer> frequency = new ArrayList<>();
    for (long count : orders.cutsFromSmallest()) {
      frequency.add((int) count);
    }
    List<Long> monetaryMinor = new ArrayList<>();
    for (long bin : moneyBins.cutsFromSmallest()) {
      monetaryMinor.add(MoneyBins.greatestOf((int) bin));
    }
    return Optional.of(
        new Cuts(
            version, List.copyOf(recencyDays), List.copyOf(frequency), List.copyOf(monetaryMinor)));
  }
}
