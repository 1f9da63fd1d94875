package io.customerpulse.lab.live;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Times to the millisecond; those from ten minutes on are one. Safe for several threads. */
final class LatencyHistogram {
  private static final int MILLIS = 600_000;

  private final int[] counts = new int[MILLIS + 1];
  private int total;

  /** Negative ones count as 0. */
  synchronized void add(long millis) {
    counts[(int) Math.max(0, Math.min(MILLIS, millis))]++;
    total++;
  }

  synchronized void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  synchronized int count() {
    return total;
  }

  /**
   * The least time that a share of all don't exceed; empty where there are none.
   *
   * @param share in (0, 1]
   */
  synchronized OptionalDouble quantile(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int millis = 0; millis <= MILLIS; millis++) {
      seen += counts[millis];
      if (total > 0 && seen >= rank) {
        return OptionalDouble.of(millis);
      }
    }
    return OptionalDouble.empty();
  }
}
