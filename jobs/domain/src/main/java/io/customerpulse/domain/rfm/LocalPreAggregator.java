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
 * Adds up moves, so that a day of them becomes one delta per tenant. Mutable; bounded by whoever
 * takes the deltas out when it {@link #isFull()}.
 */
public final class LocalPreAggregator {
  /** Values of which the counts are held, of all tenants together; some 100 bytes each. */
  static final int LIMIT = 100_000;

  private final Function<String, CutSchedule> schedules;
  private final SortedMap<Instant, SortedMap<String, Counts>> bySnapshot = new TreeMap<>();
  private int size;

  /**
   * An empty one.
   *
   * @param schedules of each tenant
   */
  public LocalPreAggregator(Function<String, CutSchedule> schedules) {
    this.schedules = schedules;
  }

  public void add(PositionChange move) {
    Instant snapshotAt = schedules.apply(move.tenantId()).atOrAfter(move.at());
    Counts counts =
        bySnapshot
            .computeIfAbsent(snapshotAt, snapshot -> new TreeMap<>())
            .computeIfAbsent(move.tenantId(), tenant -> new Counts());
    size -= counts.size();
    counts.add(move.from(), -1);
    counts.add(move.to(), 1);
    size += counts.size();
  }

  public boolean isFull() {
    return size >= LIMIT;
  }

  /** Takes out what the snapshots up to an instant have to see. */
  public List<HistogramDelta> takeUntil(Instant instant) {
    List<HistogramDelta> deltas = new ArrayList<>();
    Iterator<Map.Entry<Instant, SortedMap<String, Counts>>> snapshots =
        bySnapshot.entrySet().iterator();
    while (snapshots.hasNext()) {
      Map.Entry<Instant, SortedMap<String, Counts>> snapshot = snapshots.next();
      if (snapshot.getKey().isAfter(instant)) {
        break;
      }
      snapshot
          .getValue()
          .forEach(
              (tenantId, counts) -> {
                size -= counts.size();
                PopulationHistogram change = counts.toPopulation();
                if (!change.isEmpty()) {
                  deltas.add(new HistogramDelta(tenantId, snapshot.getKey(), change));
                }
              });
      snapshots.remove();
    }
    return deltas;
  }

  /** Takes everything out. */
  public List<HistogramDelta> takeAll() {
    return takeUntil(Instant.MAX);
  }

  /** What changes at one snapshot for one tenant. */
  private static final class Counts {
    private final SortedMap<Long, Long> lastDays = new TreeMap<>();
    private final SortedMap<Long, Long> orders = new TreeMap<>();
    private final SortedMap<Long, Long> moneyBins = new TreeMap<>();

    void add(RfmPosition standing, long count) {
      if (standing != null) {
        lastDays.merge(standing.lastDay(), count, Long::sum);
        orders.merge((long) standing.orders(), count, Long::sum);
        moneyBins.merge((long) standing.moneyBin(), count, Long::sum);
      }
    }

    int size() {
      return lastDays.size() + orders.size() + moneyBins.size();
    }

    PopulationHistogram toPopulation() {
      return new PopulationHistogram(
          Histogram.of(lastDays), Histogram.of(orders), Histogram.of(moneyBins));
    }
  }
}
