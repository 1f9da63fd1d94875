package io.customerpulse.domain.oracle;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.kind.CartAbandonment;
import io.customerpulse.domain.kind.CartAbandonment.ExitOn;
import io.customerpulse.domain.kind.Reactivation;
import io.customerpulse.domain.kind.SegmentEntered;
import io.customerpulse.domain.kind.StageEntered;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleFilter;
import io.customerpulse.domain.rule.TriggerCondition;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule for tests: nothing holds its steps back unless the test says so. */
public final class RuleBuilder {
  private final String id;
  private final TriggerKind kind;
  private List<Duration> steps;
  private TriggerCondition condition;
  private RuleFilter filter;
  private Duration cooldown = Duration.ZERO;
  private Cap cap;
  private QuietHours quietHours;
  private int holdoutPercent;
  private Map<String, Integer> variants = Map.of();
  private Duration validFor = Rule.DEFAULT_VALID_FOR;
  private boolean backfill;
  private Instant activatedAt;
  private int version = 1;

  public RuleBuilder(String id, TriggerKind kind) {
    this.id = id;
    this.kind = kind;
    this.steps = kind.defaultSteps();
    this.condition = TriggerCondition.of(kind);
  }

  public RuleBuilder version(int value) {
    version = value;
    return this;
  }

  public RuleBuilder steps(List<Duration> value) {
    steps = value;
    return this;
  }

  public RuleBuilder exitOn(ExitOn value) {
    return with(CartAbandonment.EXIT_ON, value);
  }

  public RuleBuilder stage(Stage value) {
    return with(Reactivation.STAGE, value);
  }

  public RuleBuilder inactiveFor(Duration value) {
    return with(Reactivation.INACTIVE_FOR, value);
  }

  public RuleBuilder browsing(int views, int sessions, Duration within, Duration boughtWithin) {
    return with(BrowseAbandonment.VIEWS, views)
        .with(BrowseAbandonment.SESSIONS, sessions)
        .with(BrowseAbandonment.WITHIN, within)
        .with(BrowseAbandonment.BOUGHT_WITHIN, boughtWithin);
  }

  public RuleBuilder stages(Stage... value) {
    return with(StageEntered.STAGES, Set.copyOf(List.of(value)));
  }

  public RuleBuilder segments(String... value) {
    return with(SegmentEntered.SEGMENTS, Set.copyOf(List.of(value)));
  }

  /** The time of day of a birthday. */
  public RuleBuilder at(LocalTime value) {
    return with(Birthday.AT, value);
  }

  /** The value of a key; of no concern where the rule's kind has no such key. */
  private <T> RuleBuilder with(Key<T> key, T value) {
    if (kind.keys().contains(key)) {
      condition = condition.with(key, value);
    }
    return this;
  }

  public RuleBuilder filter(RuleFilter value) {
    filter = value;
    return this;
  }

  public RuleBuilder cooldown(Duration value) {
    cooldown = value;
    return this;
  }

  public RuleBuilder cap(Cap value) {
    cap = value;
    return this;
  }

  public RuleBuilder quietHours(QuietHours value) {
    quietHours = value;
    return this;
  }

  public RuleBuilder holdoutPercent(int value) {
    holdoutPercent = value;
    return this;
  }

  public RuleBuilder variants(Map<String, Integer> value) {
    variants = value;
    return this;
  }

  public RuleBuilder validFor(Duration value) {
    validFor = value;
    return this;
  }

  public RuleBuilder backfill(boolean value) {
    backfill = value;
    return this;
  }

  public RuleBuilder activatedAt(Instant value) {
    activatedAt = value;
    return this;
  }

  public Rule build() {
    return new Rule(
        id,
        version,
        condition,
        steps,
        filter,
        cooldown,
        cap,
        quietHours,
        holdoutPercent,
        variants,
        validFor,
        backfill,
        activatedAt);
  }
}
