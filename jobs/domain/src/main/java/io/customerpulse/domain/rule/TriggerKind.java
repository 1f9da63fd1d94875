package io.customerpulse.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of trigger rules. The declaration order is the precedence of those that take part in
 * it: of two that would fire for one customer at about the same time the earlier one does.
 */
public enum TriggerKind {
  UNPAID_ORDER,
  CART_ABANDONMENT,
  BROWSE_ABANDONMENT,
  REACTIVATION,
  STAGE_ENTERED,
  SEGMENT_ENTERED,
  POST_PURCHASE,
  BIRTHDAY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in rules, JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }

  /** Offsets of the steps of a rule that names none; empty where it must. */
  public List<Duration> defaultSteps() {
    return switch (this) {
      case UNPAID_ORDER -> List.of(Duration.ofMinutes(15));
      case CART_ABANDONMENT ->
          List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(72));
      case BROWSE_ABANDONMENT -> List.of(Duration.ofHours(2));
      case REACTIVATION -> List.of(Duration.ZERO, Duration.ofDays(14));
      case STAGE_ENTERED, SEGMENT_ENTERED, BIRTHDAY -> List.of(Duration.ZERO);
      case POST_PURCHASE -> List.of();
    };
  }

  /** Cooldown of a rule that names none. */
  public Duration defaultCooldown() {
    return switch (this) {
      case CART_ABANDONMENT -> Duration.ofHours(24);
      case BROWSE_ABANDONMENT -> Duration.ofDays(7);
      default -> Duration.ZERO;
    };
  }

  /** Whether a fire of this kind keeps one of another kind from firing. */
  public boolean precedes(TriggerKind other) {
    return isRanked() && other.isRanked() && compareTo(other) < 0;
  }

  /** Whether it takes part in precedence, and may earn an order's revenue. */
  public boolean isRanked() {
    return compareTo(REACTIVATION) <= 0;
  }

  /** Whether it is marketing, which a customer may refuse, and no service message. */
  public boolean needsConsent() {
    return this != UNPAID_ORDER;
  }
}
