package io.customerpulse.domain.ingest;

import java.util.Arrays;

/**
 * Hashes of event ids with the event times at which they stand, the earliest first, and the times
 * their devices gave. Immutable; arrays instead of a list of triples, because this is read and
 * written with every event.
 *
 * <p>64 bits: among the at most {@link #MAX} ids of one identifier a mistaken match has a
 * probability below 10⁻¹².
 */
public final class Fingerprints {
  /** More than these the oldest leave. */
  public static final int MAX = 2_000;

  public static final Fingerprints NONE = new Fingerprints(new long[0], new long[0], new long[0]);

  private final long[] hashes;
  private final long[] timesMillis;
  private final long[] deviceTimesMillis;

  private Fingerprints(long[] hashes, long[] timesMillis, long[] deviceTimesMillis) {
    this.hashes = hashes;
    this.timesMillis = timesMillis;
    this.deviceTimesMillis = deviceTimesMillis;
  }

  /**
   * Fingerprints as their accessors gave them.
   *
   * @param timesMillis ascending, as many as there are hashes; epoch milliseconds
   * @param deviceTimesMillis likewise, in no order
   * @throws IllegalArgumentException where the arrays differ in length
   */
  public static Fingerprints of(long[] hashes, long[] timesMillis, long[] deviceTimesMillis) {
    if (hashes.length != timesMillis.length || hashes.length != deviceTimesMillis.length) {
      throw new IllegalArgumentException(
          hashes.length
              + " hashes with "
              + timesMillis.length
              + " and "
              + deviceTimesMillis.length
              + " times");
    }
    return new Fingerprints(hashes.clone(), timesMillis.clone(), deviceTimesMillis.clone());
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

  /** The device's time in epoch milliseconds. */
  public long deviceTimeMillis(int index) {
    return deviceTimesMillis[index];
  }

  /**
   * Whether a copy of an event stands: the same id with a device's time less than the window away,
   * earlier or later. What is to be forgotten by the event's time doesn't count, whether or not it
   * has been forgotten yet.
   */
  boolean stands(
      long hash, long timeMillis, long deviceTimeMillis, long windowMillis, long memoryMillis) {
    for (int i = hashes.length - 1; i >= 0; i--) {
      if (hashes[i] == hash
          && timesMillis[i] > timeMillis - memoryMillis
          && Math.abs(deviceTimesMillis[i] - deviceTimeMillis) < windowMillis) {
        return true;
      }
    }
    return false;
  }

  Fingerprints with(long hash, long timeMillis, long deviceTimeMillis) {
    int place = hashes.length;
    while (place > 0 && timesMillis[place - 1] > timeMillis) {
      place--;
    }
    return new Fingerprints(
        inserted(hashes, place, hash),
        inserted(timesMillis, place, timeMillis),
        inserted(deviceTimesMillis, place, deviceTimeMillis));
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
            Arrays.copyOfRange(timesMillis, count, timesMillis.length),
            Arrays.copyOfRange(deviceTimesMillis, count, deviceTimesMillis.length));
  }

  /** The newest event time in epoch milliseconds; there must be one. */
  long latestMillis() {
    return timesMillis[timesMillis.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprints that
        && Arrays.equals(hashes, that.hashes)
        && Arrays.equals(timesMillis, that.timesMillis)
        && Arrays.equals(deviceTimesMillis, that.deviceTimesMillis);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(hashes) * 31 + Arrays.hashCode(timesMillis)) * 31
        + Arrays.hashCode(deviceTimesMillis);
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
