package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A kind of trigger rule, as far as rules and their files know it. Kinds are equal by their names
 * and have no state, and their order is the precedence of those that take part in it: of two that
 * would fire for one customer at about the same time the earlier one does. They are found in {@link
 * RuleKinds}.
 */
public abstract class TriggerKind implements Serializable, Comparable<TriggerKind> {
  private static final long serialVersionUID = 1;

  private final String wireName;
  private final int code;
  private final int place;

  /**
   * A kind.
   *
   * @param wireName the name in rules, JSON, Avro and tables: [a-z_]+
   * @param code the number in stored states, 1 to 255: never one that another kind has or had
   * @param place in the order of precedence, the highest first: as no other kind has it
   */
  protected TriggerKind(String wireName, int code, int place) {
    this.wireName = wireName;
    this.code = code;
    this.place = place;
  }

  public final String wireName() {
    return wireName;
  }

  public final int code() {
    return code;
  }

  final int place() {
    return place;
  }

  /** What its rules wait for: a line of the reference, in Markdown. */
  public abstract String waitsFor();

  /** The keys that it takes in a rule file beside those of every rule. */
  public List<Key<?>> keys() {
    return List.of();
  }

  /** Reads its keys; what is wrong is reported to the section. */
  protected TriggerCondition read(Section section) {
    TriggerCondition condition = TriggerCondition.of(this);
    for (Key<?> key : keys()) {
      condition = read(key, section, condition);
    }
    return condition;
  }

  private static <T> TriggerCondition read(Key<T> key, Section section, TriggerCondition before) {
    return before.with(key, key.read(section));
  }

  /** Offsets of the steps of a rule that names none; empty where it must. */
  public List<Duration> defaultSteps() {
    return List.of(Duration.ZERO);
  }

  /** What is wrong with the steps of a rule of this kind; null where nothing is. */
  protected String problemOf(List<Duration> steps, TriggerCondition condition) {
    return null;
  }

  /** Cooldown of a rule that names none. */
  public Duration defaultCooldown() {
    return Duration.ZERO;
  }

  /** Whether it takes part in precedence, and may earn an order's revenue. */
  public boolean isRanked() {
    return false;
  }

  /** Whether a fire of this kind keeps one of another kind from firing. */
  public final boolean precedes(TriggerKind other) {
    return isRanked() && other.isRanked() && compareTo(other) < 0;
  }

  /** Whether it is marketing, which a customer may refuse, and no service message. */
  public boolean needsConsent() {
    return true;
  }

  /** Whether it asks which products were bought: they are remembered only where a rule does. */
  public boolean asksForProductsBought() {
    return false;
  }

  /** Segments that a rule names, which the settings must have. */
  public Set<String> segments(TriggerCondition condition) {
    return Set.of();
  }

  /**
   * What filters of its rules always see beside what every step has: the cart, or an event where no
   * episode begins without. A field is written {@code event.order_id}.
   */
  public Set<String> fieldsAlwaysSet() {
    return Set.of();
  }

  @Override
  public final int compareTo(TriggerKind other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TriggerKind that && wireName.equals(that.wireName);
  }

  @Override
  public final int hashCode() {
    return wireName.hashCode();
  }

  @Override
  public final String toString() {
    return wireName;
  }
}
