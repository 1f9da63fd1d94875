package io.customerpulse.lab.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * Which step of which visit an event number is, and when. Numbers fall into blocks: in each, as
 * many visits as there are lanes take their steps in turn, the whole block at the pace of {@code
 * stepGap} per step. In a busy shop the next block follows without a pause, in a quiet one the rest
 * of the block's time is silence.
 */
final class Schedule {
  /** Steps of a visit that its own customer takes. */
  static final int OWN_STEPS = 10;

  /** Steps of a visit that belong to earlier ones, what became of them, or else are fillers. */
  static final int FOLLOW_UPS = 2;

  private static final int STEPS = OWN_STEPS + FOLLOW_UPS;
  private static final int MIN_LANES = 8;
  private static final Duration[] EARLIEST_FOLLOW_UP = {Duration.ofHours(2), Duration.ofDays(2)};
  private static final Duration[] LATEST_FOLLOW_UP = {Duration.ofHours(30), Duration.ofDays(9)};

  private final SeededRandom random;
  private final long startNanos;
  private final long lanes;
  private final long blockSize;
  private final long blockNanos;
  private final long stepGapNanos;
  private final long maxNumber;

  Schedule(SimulatorSettings settings, SeededRandom random) {
    this.random = random;
    startNanos = Duration.between(Instant.EPOCH, settings.start()).toNanos();
    stepGapNanos = settings.stepGap().toNanos();
    long intervalNanos = settings.interval().toNanos();
    lanes = Math.max(MIN_LANES, ceilDiv(stepGapNanos, intervalNanos));
    blockSize = lanes * STEPS;
    blockNanos = blockSize * intervalNanos;
    maxNumber = (Long.MAX_VALUE - startNanos - blockNanos) / intervalNanos;
  }

  /** The last number that has a time: more than a hundred years after the start. */
  long maxNumber() {
    return maxNumber;
  }

  /** Never falls from a number to the next. */
  long nanosSinceStart(long number) {
    long block = number / blockSize;
    long place = number % blockSize;
    // In double, as place × stepGapNanos can exceed a long; far finer than the milliseconds needed.
    return block * blockNanos + (long) ((double) place / lanes * stepGapNanos);
  }

  /** Since 1970. */
  long nanos(long number) {
    return startNanos + nanosSinceStart(number);
  }

  /** The visit in whose block and lane a number stands. */
  long visit(long number) {
    return number / blockSize * lanes + number % lanes;
  }

  /** From 0; those from {@link #OWN_STEPS} are follow-ups. */
  int step(long number) {
    return (int) (number % blockSize / lanes);
  }

  long firstNumber(long visit) {
    return visit / lanes * blockSize + visit % lanes;
  }

  /**
   * The visit that a follow-up step tells about. Every lane has its own delay, so that each visit
   * is followed up once at most.
   *
   * @param followUp 0: hours after the visit; 1: days after it
   * @return negative where the traffic is younger than the delay
   */
  long followedUp(long visit, int followUp) {
    long lane = visit % lanes;
    long delayNanos =
        random.between(
            EARLIEST_FOLLOW_UP[followUp].toNanos(),
            LATEST_FOLLOW_UP[followUp].toNanos(),
            RandomPurpose.FOLLOW_UP_LAG,
            lane * FOLLOW_UPS + followUp);
    long blocks = ceilDiv(delayNanos, blockNanos);
    return visit - blocks * lanes;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
