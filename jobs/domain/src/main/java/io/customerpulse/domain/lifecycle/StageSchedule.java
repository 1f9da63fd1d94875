package io.customerpulse.domain.lifecycle;

import java.time.Instant;

/**
 * The stages that time leads a customer through as long as the orders stay as they are. Computed
 * once, asked at every event and timer.
 *
 * @param awake the stage of a customer who is neither silent nor loyal
 * @param loyalUntil the local midnight at which too few orders are left in the window, exclusive;
 *     null where there never were enough
 * @param atRiskAt null for a prospect, as are the two that follow
 */
public record StageSchedule(
    Stage awake, Instant loyalUntil, Instant atRiskAt, Instant dormantAt, Instant lostAt) {

  /** Nothing but an order changes a prospect. */
  static final StageSchedule PROSPECT = new StageSchedule(Stage.PROSPECT, null, null, null, null);

  /** The stage at an instant that isn't before the last order. */
  public Stage stageAt(Instant now) {
    if (has(lostAt, now)) {
      return Stage.LOST;
    }
    if (has(dormantAt, now)) {
      return Stage.DORMANT;
    }
    if (has(atRiskAt, now)) {
      return Stage.AT_RISK;
    }
    return loyalUntil != null && now.isBefore(loyalUntil) ? Stage.LOYAL : awake;
  }

  private static boolean has(Instant moment, Instant now) {
    return moment != null && !moment.isAfter(now);
  }

  /** The next instant after {@code now} at which the stage may change by time; null if never. */
  public Instant nextChangeAfter(Instant now) {
    Instant next = earliestAfter(now, null, lostAt);
    next = earliestAfter(now, next, dormantAt);
    next = earliestAfter(now, next, atRiskAt);
    return earliestAfter(now, next, loyalUntil);
  }

  private static Instant earliestAfter(Instant now, Instant best, Instant candidate) {
    boolean later = candidate != null && candidate.isAfter(now);
    return later && (best == null || candidate.isBefore(best)) ? candidate : best;
  }
}
