package io.customerpulse.lab.live;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param quick whether this is the short form, whose figures are a first look
 * @param customers whom the job knows from the beginning
 * @param perSecond events a second where job and limit are compared
 * @param warmUp of the job, before it is measured: longer than events wait for the watermark, and
 *     the first step of the bench's rule after that
 * @param measured length of each measurement
 * @param settles before a measurement, after a change of the rate, until what waits for the
 *     watermark has changed too; and of the stateless job, after it has caught up
 * @param checkpoints further intervals between checkpoints at which the times are measured; all
 *     else is measured at 10 s
 * @param ladder further rates, in events a second, ascending; ends with the first that fails
 * @param backlog events that are written before the job is started
 * @param backlogEnds the draining is given up after so long
 */
record LivePlan(
    boolean quick,
    int customers,
    int perSecond,
    Duration warmUp,
    Duration measured,
    Duration settles,
    List<Duration> checkpoints,
    List<Integer> ladder,
    long backlog,
    Duration backlogEnds) {
  static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  static LivePlan full() {
    return new LivePlan(
        false,
        1_000_000,
        3_000,
        Duration.ofSeconds(150),
        Duration.ofMinutes(3),
        Duration.ofSeconds(70),
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)),
        List.of(2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 15_000, 20_000),
        2_000_000,
        Duration.ofMinutes(5));
  }

  /** Under eight minutes. */
  static LivePlan shortened() {
    return new LivePlan(
        true,
        100_000,
        3_000,
        Duration.ofSeconds(100),
        Duration.ofSeconds(90),
        Duration.ofSeconds(15),
        List.of(),
        List.of(),
        100_000,
        Duration.ofSeconds(60));
  }
}
