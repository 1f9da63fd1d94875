package io.customerpulse.domain.ingest;

import java.util.Arrays;

/**
 * Hashes of event ids with the event times at which they stand, the earliest first. Immutable; two
 * arrays instead of a list of pairs, because this is read and written with every event.
 *
 * <p>64 bits: among the at most {@link #MAX} ids of one identifier a mistaken match has a
 * probability below 10⁻¹².
 */
public final class Fingerprints {
  /** More than these the oldest leave. */
  public static final int MAX = 2_000;

  public static final Fingerprints NONE = new Fingerprints(new long[0], new long[0]);

  private final long[] hashes;
  private final long[] timesMillis;

  private Fingerprints(long[] hashes, long[] timesMillis) {
    this.hashes = hashes;
    this.timesMillis = timesMillis;
  }

  /**
   * Fingerprints as their accessors gave them.
   *
   * @param timesMillis ascending, as many as there are hashes; epoch milliseconds
   * @throws IllegalArgumentException where the arrays differ in length
   */
  public static Fingerprints of(long[] hashes, long[] timesMillis) {
    if (hashes.length != timesMillis.length) {
      throw new IllegalArgumentException(
          hashes.length + " hashes with " + timesMillis.length + " times");
    }
    return new Fingerprints(hashes.clone(), timesMillis.clone());
  }

  public int size() {
    return hashes.length;
  }

  public long hash(int index) {
    return hashes[index];
  }

  /** Event time in epoch milliseconds. */
  public long timeMillis(int index) {
    return timesMillis[index];
  }

  /** Whether the id stands at a time less than the window away, earlier or later. */
  boolean stands(long hash, long timeMillis, long windowMillis) {
    for (int i = hashes.length - 1; i >= 0; i--) {
      if (hashes[i] == hash && Math.abs(timesMillis[i] - timeMillis) < windowMillis) {
        return true;
      }
    }
    return false;
  }

  Fingerprints with(long hash, long timeMillis) {
    int place = hashes.length;
    while (place > 0 && timesMillis[place - 1] > timeMillis) {
      place--;
    }
    return new Fingerprints(
        inserted(hashes, place, hash), inserted(timesMillis, place, timeMillis));
  }

  /** Those that stand after a time. */
  Fingerprints after(long timeMillis) {
    int gone = 0;
    while (gone < timesMillis.length && timesMillis[gone] <= timeMillis) {
      gone++;
    }
    return withoutFirst(gone);
  }

  Fingerprints withoutFirst(int count) {
    if (count == 0) {
      return this;
    }
    return count == hashes.length
        ? NONE
        : new Fingerprints(
            Arrays.copyOfRange(hashes, count, hashes.length),
            Arrays.copyOfRange(timesMillis, count, timesMillis.length));
  }

  /** The newest event time in epoch milliseconds; there must be one. */
  long latestMillis() {
    return timesMillis[timesMillis.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprints that
        && Arrays.equals(hashes, that.hashes)
        && Arrays.equals(timesMillis, that.timesMillis);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes) * 31 + Arrays.hashCode(timesMillis);
  }

  @Override
  public String toString() {
    return hashes.length + " fingerprints";
  }

  private static long[] inserted(long[] values, int place, long value) {
    long[] longer = new long[values.length + 1];
    System.arraycopy(values, 0, longer, 0, place);
    longer[place] = value;
    System.arraycopy(values, place, longer, place + 1, values.length - place);
    return longer;
  }
}
