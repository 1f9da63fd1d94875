package io.customerpulse.runtime.keyedlogic;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Seeds of a test that tries what chance brings, some fixed, some new in every run, by the same
 * properties as the domain's: this module knows none of the others, not even for its tests.
 */
final class Seeds {
  private static final String FIRST = "customer-pulse.first-seed";
  private static final String COUNT = "customer-pulse.seeds";

  /** Above those that are fixed, and short enough to be typed. */
  private static final long NEW_ONES = 1_000_000;

  private Seeds() {}

  /** What is tried with a seed. */
  @FunctionalInterface
  interface Trial {
    void with(long seed) throws Exception;
  }

  /** Tries so many new ones, and so many from 0 on; says of the one that fails how to repeat it. */
  static void tryEach(Class<?> test, int fixed, int fresh, Trial trial) {
    Long first = Long.getLong(FIRST);
    long from = first == null ? NEW_ONES + new Random().nextInt(Integer.MAX_VALUE) : first;
    int count = Integer.getInteger(COUNT, first == null ? fresh : 1);
    System.out.println(
        test.getSimpleName() + ": -D" + FIRST + "=" + from + " -D" + COUNT + "=" + count);
    LongStream.concat(LongStream.range(from, from + count), LongStream.range(0, fixed))
        .forEach(seed -> tryOne(seed, trial));
  }

  private static void tryOne(long seed, Trial trial) {
    try {
      trial.with(seed);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("-D" + FIRST + "=" + seed + " repeats it: " + e.getMessage(), e);
    }
  }
}
