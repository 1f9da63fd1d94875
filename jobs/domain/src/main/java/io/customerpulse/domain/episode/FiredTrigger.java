package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.rule.TriggerKind;
import java.time.Instant;
import java.util.List;

/**
 * A step that was fired, remembered as long as it can be cancelled, converted or counted against
 * later ones.
 *
 * @param first whether it is the first fire of its episode: what lift looks at
 * @param items what it was about, where exits are compared by it: the SKUs of the cart, the
 *     product; else empty
 * @param report the last that is known of its message; null where nothing was reported
 */
public record FiredTrigger(
    String triggerId,
    String episodeId,
    String ruleId,
    int ruleVersion,
    TriggerKind kind,
    String scopeKey,
    Instant openedAt,
    int step,
    Instant dueAt,
    Instant firedAt,
    Instant validUntil,
    String variant,
    boolean first,
    boolean cancelled,
    List<String> items,
    Report report) {

  /** What a message event says about the message of a fire. */
  public record Report(MessageStatus status, Instant at) {

    /** Whether this says more than another: it went further, or as far and later. */
    boolean supersedes(Report other) {
      int further = Integer.compare(distance(), other.distance());
      return further > 0 || (further == 0 && at.isAfter(other.at()));
    }

    /** How far the message came. Whether it left at all is what was said last. */
    private int distance() {
      return switch (status) {
        case SENT, FAILED -> 0;
        case DELIVERED -> 1;
        case OPENED -> 2;
        case CLICKED -> 3;
      };
    }
  }

  public static final String TREATED = "treated";
  public static final String HOLDOUT = "holdout";

  boolean isTreated() {
    return !variant.equals(HOLDOUT);
  }

  boolean isFailed() {
    return report != null && report.status() == MessageStatus.FAILED;
  }

  FiredTrigger asCancelled() {
    return with(true, report);
  }

  /** The fire after a report about its message, which may come in any order. */
  FiredTrigger reported(Report next) {
    return report != null && report.supersedes(next) ? this : with(cancelled, next);
  }

  private FiredTrigger with(boolean isCancelled, Report lastReport) {
    return new FiredTrigger(
        triggerId,
        episodeId,
        ruleId,
        ruleVersion,
        kind,
        scopeKey,
        openedAt,
        step,
        dueAt,
        firedAt,
        validUntil,
        variant,
        first,
        isCancelled,
        items,
        lastReport);
  }
}
