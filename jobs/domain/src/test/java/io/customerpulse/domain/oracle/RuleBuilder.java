package io.customerpulse.domain.oracle;

import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rule.ExitOn;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleFilter;
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
  private ExitOn exitOn = ExitOn.ANY;
  private Stage stage = Stage.DORMANT;
  private Duration inactiveFor = Occasion.Reactivation.DEFAULT.inactiveFor();
  private Occasion.BrowseAbandonment browsing = Occasion.BrowseAbandonment.DEFAULT;
  private Set<Stage> stages = Set.of();
  private Set<String> segments = Set.of();
  private LocalTime at = Occasion.Birthday.DEFAULT.at();
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
    exitOn = value;
    return this;
  }

  public RuleBuilder stage(Stage value) {
    stage = value;
    return this;
  }

  public RuleBuilder inactiveFor(Duration value) {
    inactiveFor = value;
    return this;
  }

  public RuleBuilder browsing(int views, int sessions, Duration within, Duration boughtWithin) {
    browsing = new Occasion.BrowseAbandonment(views, sessions, within, boughtWithin);
    return this;
  }

  public RuleBuilder stages(Stage... value) {
    stages = Set.copyOf(List.of(value));
    return this;
  }

  public RuleBuilder segments(String... value) {
    segments = Set.copyOf(List.of(value));
    return this;
  }

  /** The time of day of a birthday. */
  public RuleBuilder at(LocalTime value) {
    at = value;
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
        occasion(),
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

  private Occasion occasion() {
    return switch (kind) {
      case UNPAID_ORDER -> new Occasion.UnpaidOrder();
      case CART_ABANDONMENT -> new Occasion.CartAbandonment(exitOn);
      case BROWSE_ABANDONMENT -> browsing;
      case REACTIVATION -> new Occasion.Reactivation(stage, inactiveFor);
      case STAGE_ENTERED -> new Occasion.StageEntered(stages);
      case SEGMENT_ENTERED -> new Occasion.SegmentEntered(segments);
      case POST_PURCHASE -> new Occasion.PostPurchase();
      case BIRTHDAY -> new Occasion.Birthday(at);
    };
  }
}
