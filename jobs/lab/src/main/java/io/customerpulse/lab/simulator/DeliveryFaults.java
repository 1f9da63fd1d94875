package io.customerpulse.lab.simulator;

import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import java.time.Duration;

/** Which numbers go wrong, and how. */
final class DeliveryFaults {
  /** Sent again at once or after some dozens of other records. */
  private static final int MAX_NUMBERS_BACK = 64;

  /** Half of the time within which the processor knows a duplicate by default. */
  private static final long MAX_NANOS_BACK = Duration.ofHours(12).toNanos();

  private static final long MIN_LATE_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long MAX_LATE_MILLIS = Duration.ofHours(6).toMillis();
  private static final long MIN_SKEW_MILLIS = Duration.ofMinutes(2).toMillis();
  private static final long MAX_SKEW_MILLIS = Duration.ofHours(20).toMillis();
  private static final Defect[] DEFECTS = Defect.values();

  private final SeededRandom random;
  private final Schedule schedule;
  private final int defects;
  private final double brokenBelow;
  private final double duplicatesBelow;
  private final double lateBelow;
  private final double skewedBelow;

  DeliveryFaults(SimulatorSettings settings, SeededRandom random, Schedule schedule) {
    this.random = random;
    this.schedule = schedule;
    SimulatorSettings.Proportions p = settings.proportions();
    brokenBelow = p.broken();
    duplicatesBelow = brokenBelow + p.duplicates();
    lateBelow = duplicatesBelow + p.late();
    skewedBelow = lateBelow + p.skewed();
    boolean oversized = settings.oversizedBytes() > 0;
    defects = oversized ? DEFECTS.length : DEFECTS.length - 1;
  }

  Kind kind(long number) {
    Kind kind = intended(number);
    return kind == Kind.DUPLICATE && originalOf(number) < 0 ? Kind.CLEAN : kind;
  }

  /**
   * The number whose record a duplicate repeats.
   *
   * @return negative if nothing that could be repeated was near: then the record is a clean one
   */
  long originalOf(long number) {
    int furthest = 1 + random.below(MAX_NUMBERS_BACK, RandomPurpose.DUPLICATE_OF, number);
    for (long back = Math.min(furthest, number); back > 0; back--) {
      long original = number - back;
      Kind kind = intended(original);
      boolean near =
          schedule.nanosSinceStart(number) - schedule.nanosSinceStart(original) <= MAX_NANOS_BACK;
      if (near && (kind == Kind.CLEAN || kind == Kind.SKEWED)) {
        return original;
      }
    }
    return -1;
  }

  /** Behind its time. */
  long lateMillis(long number) {
    return random.between(MIN_LATE_MILLIS, MAX_LATE_MILLIS, RandomPurpose.LATENESS, number);
  }

  /** Of the device's clock against the true time. */
  long skewMillis(long number) {
    long skew = random.between(MIN_SKEW_MILLIS, MAX_SKEW_MILLIS, RandomPurpose.SKEW, number);
    return skew % 2 == 0 ? skew : -skew;
  }

  Defect defect(long number) {
    return DEFECTS[random.below(defects, RandomPurpose.DEFECT, number)];
  }

  private Kind intended(long number) {
    double unit = random.unit(RandomPurpose.KIND, number);
    if (unit >= skewedBelow) {
      return Kind.CLEAN;
    }
    if (unit < brokenBelow) {
      return Kind.BROKEN;
    }
    if (unit < duplicatesBelow) {
      return Kind.DUPLICATE;
    }
    return unit < lateBelow ? Kind.LATE : Kind.SKEWED;
  }
}
