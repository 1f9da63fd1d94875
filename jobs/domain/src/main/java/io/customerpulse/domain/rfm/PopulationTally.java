package io.customerpulse.domain.rfm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Adds up moves, so that a day of them becomes one shift per tenant. Mutable; bounded by whoever
 * takes the shifts out when it {@link #isFull()}.
 */
public final class PopulationTally {
  /** Values of which the counts are held, of all tenants together; some 100 bytes each. */
  static final int LIMIT = 100_000;

  private final Function<String, CutSchedule> schedules;
  private final SortedMap<Instant, SortedMap<String, Counts>> byTaking = new TreeMap<>();
  private int size;

  /**
   * An empty one.
   *
   * @param schedules of each tenant
   */
  public PopulationTally(Function<String, CutSchedule> schedules) {
    this.schedules = schedules;
  }

  public void add(PopulationMove move) {
    Instant countedAt = schedules.apply(move.tenantId()).atOrAfter(move.at());
    Counts counts =
        byTaking
            .computeIfAbsent(countedAt, taking -> new TreeMap<>())
            .computeIfAbsent(move.tenantId(), tenant -> new Counts());
    size -= counts.size();
    counts.add(move.from(), -1);
    counts.add(move.to(), 1);
    size += counts.size();
  }

  public boolean isFull() {
    return size >= LIMIT;
  }

  /** Takes out what the takings of cuts up to an instant have to see. */
  public List<PopulationShift> takeUntil(Instant instant) {
    List<PopulationShift> shifts = new ArrayList<>();
    Iterator<Map.Entry<Instant, SortedMap<String, Counts>>> takings =
        byTaking.entrySet().iterator();
    while (takings.hasNext()) {
      Map.Entry<Instant, SortedMap<String, Counts>> taking = takings.next();
      if (taking.getKey().isAfter(instant)) {
        break;
      }
      taking
          .getValue()
          .forEach(
              (tenantId, counts) -> {
                size -= counts.size();
                Population change = counts.toPopulation();
                if (!change.isEmpty()) {
                  shifts.add(new PopulationShift(tenantId, taking.getKey(), change));
                }
              });
      takings.remove();
    }
    return shifts;
  }

  /** Takes everything out. */
  public List<PopulationShift> takeAll() {
    return takeUntil(Instant.MAX);
  }

  /** What changes at one taking for one tenant. */
  private static final class Counts {
    private final SortedMap<Long, Long> lastDays = new TreeMap<>();
    private final SortedMap<Long, Long> orders = new TreeMap<>();
    private final SortedMap<Long, Long> moneyBins = new TreeMap<>();

    void add(Standing standing, long count) {
      if (standing != null) {
        lastDays.merge(standing.lastDay(), count, Long::sum);
        orders.merge((long) standing.orders(), count, Long::sum);
        moneyBins.merge((long) standing.moneyBin(), count, Long::sum);
      }
    }

    int size() {
      return lastDays.size() + orders.size() + moneyBins.size();
    }

    Population toPopulation() {
      return new Population(Histogram.of(lastDays), Histogram.of(orders), Histogram.of(moneyBins));
    }
  }
}
