package io.customerpulse.domain.ingest;

import java.util.Arrays;

/**
 * The events of one id that were accepted: when they happened, and the times their devices gave.
 * Nearly always one; more where an id is used again after the window. Immutable.
 */
public final class StandingCopies {
  /** More than these the oldest leave. */
  public static final int MAX = 16;

  /** Of an id that hasn't been accepted yet. */
  public static final StandingCopies NONE = new StandingCopies(new long[0], new long[0]);

  private final long[] timesMillis;
  private final long[] deviceTimesMillis;

  private StandingCopies(long[] timesMillis, long[] deviceTimesMillis) {
    this.timesMillis = timesMillis;
    this.deviceTimesMillis = deviceTimesMillis;
  }

  /**
   * Copies as the accessors gave them.
   *
   * @param timesMillis event times, ascending; epoch milliseconds
   * @param deviceTimesMillis as many, in no order
   * @throws IllegalArgumentException where the arrays differ in length
   */
  public static StandingCopies of(long[] timesMillis, long[] deviceTimesMillis) {
    if (timesMillis.length != deviceTimesMillis.length) {
      throw new IllegalArgumentException(
          timesMillis.length + " event times with " + deviceTimesMillis.length + " of devices");
    }
    return new StandingCopies(timesMillis.clone(), deviceTimesMillis.clone());
  }

  public int size() {
    return timesMillis.length;
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
   * Whether one of them has a device's time less than the window away, earlier or later. What is
   * older than the memory reaches, seen from the event, doesn't count, however long it is kept.
   */
  boolean include(long timeMillis, long deviceTimeMillis, long windowMillis, long memoryMillis) {
    for (int i = 0; i < timesMillis.length; i++) {
      if (timesMillis[i] > timeMillis - memoryMillis
          && Math.abs(deviceTimesMillis[i] - deviceTimeMillis) < windowMillis) {
        return true;
      }
    }
    return false;
  }

  StandingCopies with(long timeMillis, long deviceTimeMillis) {
    int place = timesMillis.length;
    while (place > 0 && timesMillis[place - 1] > timeMillis) {
      place--;
    }
    long[] times = inserted(timesMillis, place, timeMillis);
    long[] deviceTimes = inserted(deviceTimesMillis, place, deviceTimeMillis);
    return times.length <= MAX
        ? new StandingCopies(times, deviceTimes)
        : new StandingCopies(
            Arrays.copyOfRange(times, 1, times.length),
            Arrays.copyOfRange(deviceTimes, 1, times.length));
  }

  private static long[] inserted(long[] values, int place, long value) {
    long[] longer = new long[values.length + 1];
    System.arraycopy(values, 0, longer, 0, place);
    longer[place] = value;
    System.arraycopy(values, place, longer, place + 1, values.length - place);
    return longer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StandingCopies that
        && Arrays.equals(timesMillis, that.timesMillis)
        && Arrays.equals(deviceTimesMillis, that.deviceTimesMillis);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(timesMillis) * 31 + Arrays.hashCode(deviceTimesMillis);
  }

  @Override
  public String toString() {
    return Arrays.toString(timesMillis) + " by devices " + Arrays.toString(deviceTimesMillis);
  }
}
