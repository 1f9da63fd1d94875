package io.customerpulse.domain.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Device time → event time. A phone's clock may be wrong by years; the server's is believed.
 *
 * <p>A device that says when it sent the event shows by that how wrong its clock is. Its times are
 * moved by the difference only where that is worth it: beyond {@link #TOLERATED_SKEW}, which
 * network and batching explain, and where the event lies within {@link #MAX_SENDING_DELAY} before
 * its sending, so that both times are of one clock.
 */
final class EventClock {
  static final Duration TOLERATED_SKEW = Duration.ofMinutes(1);
  static final Duration MAX_SENDING_DELAY = Duration.ofHours(24);

  private final Duration maxFuture;

  EventClock(Duration maxFuture) {
    this.maxFuture = maxFuture;
  }

  /**
   * The corrected time.
   *
   * @param sentAt null where the device doesn't say
   * @param receivedAt null where nobody knows: then nothing is corrected, and nothing is too late
   */
  Instant eventTime(Instant deviceTime, Instant sentAt, Instant receivedAt, Repairs repairs) {
    if (receivedAt == null) {
      return deviceTime;
    }
    Instant corrected = deviceTime;
    if (sentAt != null && isWorthCorrecting(deviceTime, sentAt, receivedAt)) {
      corrected = deviceTime.plus(Duration.between(sentAt, receivedAt));
      repairs.note(Repair.SKEW_CORRECTED);
    }
    if (corrected.isAfter(receivedAt.plus(maxFuture))) {
      repairs.note(Repair.FUTURE_CLAMPED);
      return receivedAt;
    }
    return corrected;
  }

  private static boolean isWorthCorrecting(Instant deviceTime, Instant sentAt, Instant receivedAt) {
    Duration sendingDelay = between(deviceTime, sentAt);
    return between(sentAt, receivedAt).abs().compareTo(TOLERATED_SKEW) > 0
        && !sendingDelay.isNegative()
        && sendingDelay.compareTo(MAX_SENDING_DELAY) <= 0;
  }

  /** In whole seconds where one of the times tells no more, for it may lie a second too early. */
  private static Duration between(Instant from, Instant to) {
    Instant fromSecond = from.truncatedTo(ChronoUnit.SECONDS);
    Instant toSecond = to.truncatedTo(ChronoUnit.SECONDS);
    boolean isCoarse = fromSecond.equals(from) || toSecond.equals(to);
    return isCoarse ? Duration.between(fromSecond, toSecond) : Duration.between(from, to);
  }
}
