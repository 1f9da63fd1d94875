package io.customerpulse.lab.simulator;

import java.util.concurrent.TimeUnit;

/** When in their lives customers come to the shop at all. */
enum Habit {
  /** Come all the time. */
  REGULAR,
  /** Come from some day of the first four months on. */
  NEWCOMER,
  /** Come for some days, are silent for three months and more, and come again. */
  RETURNER,
  /** Come in the first weeks and never again: silent for 90 days, for a year, for good. */
  LEAVER;

  private static final long ARRIVAL_DAYS = 120;
  private static final long MIN_AWAKE_DAYS = 3;
  private static final long MAX_AWAKE_DAYS = 20;
  private static final long MIN_ASLEEP_DAYS = 95;
  private static final long MAX_ASLEEP_DAYS = 125;
  private static final int REGULARS_PERCENT = 30;
  private static final int NEWCOMERS_PERCENT = 20;
  private static final int RETURNERS_PERCENT = 25;

  static Habit of(long customer, SeededRandom random) {
    int percent = random.below(100, RandomPurpose.HABIT, customer);
    if (percent < REGULARS_PERCENT) {
      return REGULAR;
    }
    if (percent < REGULARS_PERCENT + NEWCOMERS_PERCENT) {
      return NEWCOMER;
    }
    if (percent < REGULARS_PERCENT + NEWCOMERS_PERCENT + RETURNERS_PERCENT) {
      return RETURNER;
    }
    return LEAVER;
  }

  /** Whether a customer of this habit comes so long after the start of the traffic. */
  boolean isAwake(long customer, long nanosSinceStart, SeededRandom random) {
    long days = TimeUnit.NANOSECONDS.toDays(nanosSinceStart);
    return switch (this) {
      case REGULAR -> true;
      case NEWCOMER -> days >= random.between(0, ARRIVAL_DAYS, RandomPurpose.ARRIVAL, customer);
      case RETURNER -> {
        long awake = awakeDays(customer, random);
        long asleep =
            random.between(MIN_ASLEEP_DAYS, MAX_ASLEEP_DAYS, RandomPurpose.ASLEEP, customer);
        yield days % (awake + asleep) < awake;
      }
      case LEAVER -> days < awakeDays(customer, random);
    };
  }

  private static long awakeDays(long customer, SeededRandom random) {
    return random.between(MIN_AWAKE_DAYS, MAX_AWAKE_DAYS, RandomPurpose.AWAKE, customer);
  }
}
