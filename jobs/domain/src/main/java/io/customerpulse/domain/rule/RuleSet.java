package io.customerpulse.domain.rule;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules in force: immutable, in the order of precedence of their kinds, then of their ids. */
public final class RuleSet implements Serializable {
  public static final RuleSet EMPTY = new RuleSet(List.of());

  /** Each rule costs state and work for every customer. */
  public static final int MAX_RULES = 1_000;

  private final List<Rule> all;
  private final Map<TriggerKind, List<Rule>> byKind;
  private final Map<String, Rule> byId = new HashMap<>();
  private final Duration longestLookBack;

  private RuleSet(List<Rule> sorted) {
    this.all = sorted;
    byKind = sorted.stream().collect(Collectors.groupingBy(Rule::kind));
    Duration longest = Duration.ZERO;
    for (Rule rule : sorted) {
      byId.put(rule.id(), rule);
      longest = longer(longest, rule.cooldown());
      longest = rule.cap() == null ? longest : longer(longest, rule.cap().per());
    }
    longestLookBack = longest;
  }

  /**
   * A set of rules.
   *
   * @throws IllegalArgumentException if two have one id, or there are more than {@link #MAX_RULES}
   */
  public static RuleSet of(Collection<Rule> rules) {
    if (rules.size() > MAX_RULES) {
      throw new IllegalArgumentException(rules.size() + " rules; allowed: up to " + MAX_RULES);
    }
    Set<String> ids = new HashSet<>();
    for (Rule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("Two rules have the id " + rule.id());
      }
    }
    return inForce(rules);
  }

  /** The rules in force at a time, chosen from what has been checked. */
  static RuleSet inForce(Collection<Rule> rules) {
    return new RuleSet(
        rules.stream().sorted(Comparator.comparing(Rule::kind).thenComparing(Rule::id)).toList());
  }

  public List<Rule> all() {
    return all;
  }

  /** The rules of one kind, by id. */
  public List<Rule> ofKind(TriggerKind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  public Optional<Rule> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** What the filters of its rules rely on without asking, a line for a person each. */
  public List<String> warnings() {
    return all.stream()
        .flatMap(rule -> rule.warnings().stream().map(said -> rule.id() + ".filter: " + said))
        .toList();
  }

  /** The longest time for which a fire counts against a later one of its rule. */
  public Duration longestLookBack() {
    return longestLookBack;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleSet that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
