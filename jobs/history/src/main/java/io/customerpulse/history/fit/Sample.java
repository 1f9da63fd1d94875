package io.customerpulse.history.fit;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Histories (x, t_x, T), equal ones once. 24 bytes for each in memory. Sums are made in chunks of a
 * fixed size and added up in order: the same on any number of cores.
 */
final class Sample {
  private static final int CHUNK = 4096;

  private final int[] repeats;
  private final double[] recencies;
  private final double[] ages;
  private final int[] customers;
  private final Map<Integer, Long> customersByRepeats = new TreeMap<>();
  private final long size;

  /** A term of one history. */
  @FunctionalInterface
  interface HistoryTerm {
    double of(int repeats, double recency, double age);
  }

  /** A term of all customers with one number of repeats. */
  @FunctionalInterface
  interface CountTerm {
    double of(int repeats, long customers);
  }

  /**
   * A sample.
   *
   * @param customers how many have each history
   */
  Sample(int[] repeats, double[] recencies, double[] ages, int[] customers) {
    this.repeats = repeats;
    this.recencies = recencies;
    this.ages = ages;
    this.customers = customers;
    for (int i = 0; i < repeats.length; i++) {
      customersByRepeats.merge(repeats[i], (long) customers[i], Long::sum);
    }
    this.size = Arrays.stream(customers).asLongStream().sum();
  }

  /** Customers. */
  long size() {
    return size;
  }

  /** Customers who have bought on more days than one. */
  long repeaters() {
    return size - customersByRepeats.getOrDefault(0, 0L);
  }

  /** The mean of T over all customers. */
  double meanAge() {
    return sumOverHistories((x, tx, age) -> age) / size;
  }

  double sumOverCounts(CountTerm term) {
    double sum = 0;
    for (Map.Entry<Integer, Long> entry : customersByRepeats.entrySet()) {
      sum += term.of(entry.getKey(), entry.getValue());
    }
    return sum;
  }

  /** Each history counts as often as there are customers with it. */
  double sumOverHistories(HistoryTerm term) {
    int chunks = (repeats.length + CHUNK - 1) / CHUNK;
    double[] sums =
        IntStream.range(0, chunks).parallel().mapToDouble(chunk -> sum(chunk, term)).toArray();
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum;
  }

  private double sum(int chunk, HistoryTerm term) {
    double sum = 0;
    int end = Math.min(repeats.length, (chunk + 1) * CHUNK);
    for (int i = chunk * CHUNK; i < end; i++) {
      sum += customers[i] * term.of(repeats[i], recencies[i], ages[i]);
    }
    return sum;
  }
}
