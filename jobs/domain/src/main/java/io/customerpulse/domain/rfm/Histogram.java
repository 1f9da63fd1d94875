package io.customerpulse.domain.rfm;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongUnaryOperator;

/**
 * How many there are of each value. Immutable. It adds and takes away exactly, so that nothing
 * drifts however long it is kept; as a difference between two others it may have negative counts.
 * Bounded by the values there can be.
 */
public final class Histogram {
  /** Cuts part all there are into so many. */
  private static final int PARTS = 5;

  public static final Histogram EMPTY = new Histogram(new long[0], new long[0]);

  private final long[] values;
  private final long[] counts;

  private Histogram(long[] values, long[] counts) {
    this.values = values;
    this.counts = counts;
  }

  /** Of counts by value; what is 0 is left out. */
  public static Histogram of(SortedMap<Long, Long> countByValue) {
    long[] values = new long[countByValue.size()];
    long[] counts = new long[values.length];
    int size = 0;
    for (Map.Entry<Long, Long> entry : countByValue.entrySet()) {
      if (entry.getValue() != 0) {
        values[size] = entry.getKey();
        counts[size++] = entry.getValue();
      }
    }
    return cut(values, counts, size);
  }

  /** How many different values there are. */
  public int size() {
    return values.length;
  }

  /** One of the values, in ascending order. */
  public long value(int index) {
    return values[index];
  }

  /** How many there are of one of the values; never 0. */
  public long count(int index) {
    return counts[index];
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  /** Both together. */
  public Histogram plus(Histogram other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    long[] allValues = new long[values.length + other.values.length];
    long[] allCounts = new long[allValues.length];
    int size = 0;
    int here = 0;
    int there = 0;
    while (here < values.length || there < other.values.length) {
      boolean ours =
          there == other.values.length
              || (here < values.length && values[here] <= other.values[there]);
      boolean theirs =
          here == values.length
              || (there < other.values.length && other.values[there] <= values[here]);
      long value = ours ? values[here] : other.values[there];
      long count = (ours ? counts[here++] : 0) + (theirs ? other.counts[there++] : 0);
      if (count != 0) {
        allValues[size] = value;
        allCounts[size++] = count;
      }
    }
    return cut(allValues, allCounts, size);
  }

  /** How many there are in all. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /**
   * The four values that part all there are into fifths, from the smallest value on: the k-th is
   * the smallest of which at least k/5 are no greater.
   */
  long[] cutsFromSmallest() {
    return cuts(place -> place);
  }

  /** The same from the greatest value on: the k-th is the greatest of which k/5 are no smaller. */
  long[] cutsFromGreatest() {
    return cuts(place -> values.length - 1 - place);
  }

  private long[] cuts(LongUnaryOperator indexOfPlace) {
    long total = total();
    long[] cuts = new long[PARTS - 1];
    int found = 0;
    long soFar = 0;
    for (int place = 0; place < values.length && found < cuts.length; place++) {
      int index = (int) indexOfPlace.applyAsLong(place);
      soFar += counts[index];
      while (found < cuts.length && soFar * PARTS >= total * (found + 1)) {
        cuts[found++] = values[index];
      }
    }
    return cuts;
  }

  private static Histogram cut(long[] values, long[] counts, int size) {
    if (size == 0) {
      return EMPTY;
    }
    return size == values.length
        ? new Histogram(values, counts)
        : new Histogram(Arrays.copyOf(values, size), Arrays.copyOf(counts, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && Arrays.equals(values, that.values)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(values[i]).append(": ").append(counts[i]);
    }
    return text.append('}').toString();
  }
}
