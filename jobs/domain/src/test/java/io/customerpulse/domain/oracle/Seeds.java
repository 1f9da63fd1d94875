package io.customerpulse.domain.oracle;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Seeds of a test that tries what chance brings: some are the same in every run, the others new
 * each time and said at the start. {@code -Dcustomer-pulse.first-seed=N} tries N in the place of
 * the new ones, with {@code -Dcustomer-pulse.seeds=M} the M from N on; alone that tries M new ones.
 */
public final class Seeds {
  private static final String FIRST = "customer-pulse.first-seed";
  private static final String COUNT = "customer-pulse.seeds";

  /** Above those that are fixed, and short enough to be typed. */
  private static final long NEW_ONES = 1_000_000;

  private Seeds() {}

  /** What is tried with a seed. */
  @FunctionalInterface
  public interface Trial {
    void with(long seed) throws Exception;
  }

  /** So many new ones, and so many from 0 on. */
  public static List<Long> of(Class<?> test, int fixed, int fresh) {
    Long first = Long.getLong(FIRST);
    boolean repeated = first != null;
    long from = repeated ? first : NEW_ONES + new Random().nextInt(Integer.MAX_VALUE);
    int count = Integer.getInteger(COUNT, repeated ? 1 : fresh);
    System.out.println(
        test.getSimpleName() + ": -D" + FIRST + "=" + from + " -D" + COUNT + "=" + count);
    return LongStream.concat(LongStream.range(from, from + count), LongStream.range(0, fixed))
        .boxed()
        .toList();
  }

  /** Tries each, and says of the one that fails how to repeat it. */
  public static void tryEach(Class<?> test, int fixed, int fresh, Trial trial) {
    for (long seed : of(test, fixed, fresh)) {
      try {
        trial.with(seed);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("-D" + FIRST + "=" + seed + " repeats it: " + e.getMessage(), e);
      }
    }
  }
}
