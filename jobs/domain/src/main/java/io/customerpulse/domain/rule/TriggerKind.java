package io.customerpulse.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of trigger rules. The declaration order is the precedence: of two kinds that would fire
 * for one customer at about the same time the earlier one does.
 */
public enum TriggerKind {
  CART_ABANDONMENT,
  REACTIVATION;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in rules, JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }

  /** Offsets of the steps of a rule that names none. */
  public List<Duration> defaultSteps() {
    return switch (this) {
      case CART_ABANDONMENT ->
          List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(72));
      case REACTIVATION -> List.of(Duration.ZERO, Duration.ofDays(14));
    };
  }

  /** Cooldown of a rule that names none. */
  public Duration defaultCooldown() {
    return this == CART_ABANDONMENT ? Duration.ofHours(24) : Duration.ZERO;
  }

  /** Whether a fire of this kind keeps one of another kind from firing. */
  public boolean precedes(TriggerKind other) {
    return compareTo(other) < 0;
  }
}
