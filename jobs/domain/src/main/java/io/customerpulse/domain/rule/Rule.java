package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.settings.Cap;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * One version of one trigger rule. Whoever builds one has validated it: its reader.
 *
 * @param id [a-z0-9-]+
 * @param version from 1
 * @param condition what it waits for
 * @param steps offsets from the last refresh of an episode, ascending, 1 to {@value #MAX_STEPS} of
 *     them, each at most {@link #MAX_OFFSET}
 * @param filter what must hold when a step is judged; null for none
 * @param cooldown after a fire of another episode of this rule; zero for none
 * @param cap over the fires of this rule for one customer; null for none
 * @param quietHours hours that hold a step; null for none
 * @param holdoutPercent share of the customers that are held out, 0 to 100
 * @param variants name → share of the treated in percent, summing to 100; empty for no variants
 * @param validFor a step may fire until so long after it is due, inclusive
 * @param backfill whether events before {@code activatedAt} open episodes too
 * @param activatedAt null: active from the beginning
 */
public record Rule(
    String id,
    int version,
    TriggerCondition condition,
    List<Duration> steps,
    RuleFilter filter,
    Duration cooldown,
    Cap cap,
    QuietHours quietHours,
    int holdoutPercent,
    Map<String, Integer> variants,
    Duration validFor,
    boolean backfill,
    Instant activatedAt)
    implements Serializable {

  public static final int MAX_STEPS = 20;
  public static final Duration MAX_OFFSET = Duration.ofDays(365);
  public static final Duration DEFAULT_VALID_FOR = Duration.ofHours(12);
  public static final QuietHours DEFAULT_QUIET_HOURS =
      new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0));

  public TriggerKind kind() {
    return condition.kind();
  }

  /** The value of one of its kind's keys. */
  public <T> T get(Key<T> key) {
    return condition.get(key);
  }

  /** What its filter relies on without asking, a sentence each. */
  public List<String> warnings() {
    return filter == null ? List.of() : filter.warnings(kind());
  }

  /** The same rule, active from another instant; null: from the beginning. */
  public Rule activatedAt(Instant instant) {
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
        instant);
  }

  /** Whether another is the same version of the same rule. */
  public boolean isSameVersion(Rule other) {
    return version == other.version && id.equals(other.id);
  }

  /** Whether something that happens at an instant may open an episode. */
  public boolean opensAt(Instant instant) {
    return backfill || activatedAt == null || !instant.isBefore(activatedAt);
  }
}
