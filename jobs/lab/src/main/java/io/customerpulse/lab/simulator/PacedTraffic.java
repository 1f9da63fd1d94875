package io.customerpulse.lab.simulator;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Hands out records at a set rate. Who falls behind, because the receiver is slow, catches up
 * without a pause. For one thread.
 */
public final class PacedTraffic {
  private static final int MAX_PER_SECOND = 100_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** At high rates records go out in bursts this far apart, as pauses can't be much shorter. */
  private static final long MIN_PAUSE_NANOS = 1_000_000;

  /** Lets time pass. */
  public interface Pauser {
    /**
     * Returns after this time, or somewhat later.
     *
     * @throws InterruptedException if the traffic is to end
     */
    void pause(Duration time) throws InterruptedException;
  }

  private final LongFunction<SimulatedRecord> records;
  private final int perSecond;
  private final LongSupplier nanoClock;
  private final Pauser pauser;

  /**
   * Traffic by a clock of one's own.
   *
   * @param records the record of a number
   * @param perSecond records per second of {@code nanoClock}: 1 to 100,000,000
   * @param nanoClock like {@link System#nanoTime}
   * @throws IllegalArgumentException if the rate is not allowed
   */
  public PacedTraffic(
      LongFunction<SimulatedRecord> records, int perSecond, LongSupplier nanoClock, Pauser pauser) {
    if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
      throw new IllegalArgumentException(
          "perSecond: " + perSecond + " is not allowed; allowed: 1 to " + MAX_PER_SECOND);
    }
    this.records = records;
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.pauser = pauser;
  }

  /** Traffic by the clock of this machine. */
  public static PacedTraffic byWallClock(LongFunction<SimulatedRecord> records, int perSecond) {
    return new PacedTraffic(
        records,
        perSecond,
        System::nanoTime,
        time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000));
  }

  /**
   * Hands out records from {@code from} (inclusive) on until {@code to} (exclusive) is reached or
   * the time is over.
   *
   * @param atMost less than 292 years
   * @return the number that would have come next
   * @throws InterruptedException if the pauser was interrupted; nothing is handed out after that
   */
  public long run(long from, long to, Duration atMost, Consumer<SimulatedRecord> receiver)
      throws InterruptedException {
    long begin = nanoClock.getAsLong();
    long number = from;
    while (number < to) {
      long elapsed = nanoClock.getAsLong() - begin;
      if (elapsed >= atMost.toNanos()) {
        break;
      }
      long early = dueNanos(number - from) - elapsed;
      if (early > 0) {
        long left = atMost.toNanos() - elapsed;
        pauser.pause(Duration.ofNanos(Math.min(left, Math.max(early, MIN_PAUSE_NANOS))));
      } else {
        receiver.accept(records.apply(number));
        number++;
      }
    }
    return number;
  }

  private long dueNanos(long sent) {
    return sent / perSecond * NANOS_PER_SECOND + sent % perSecond * NANOS_PER_SECOND / perSecond;
  }
}
