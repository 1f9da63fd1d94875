package io.customerpulse.domain.rule;

import static io.customerpulse.domain.rule.Conditions.NEVER;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What becomes of an expression by what becomes of its parts, as the language has it: {@code &&}
 * and {@code ||} go by either side alone where that decides, also where the other one fails.
 */
final class FilterOutcomes {
  private final Conditions conditions;

  /**
   * When an expression comes to what. Where it isn't to be seen exactly, each holds too often
   * rather than too seldom.
   *
   * @param value when it has a value
   * @param yes when that is true
   * @param no when that is false
   * @param failures what it can fail for → when it does
   */
  record Outcome(int value, int yes, int no, Map<String, Integer> failures) {}

  FilterOutcomes(Conditions conditions) {
    this.conditions = conditions;
  }

  /** Has a value with all its parts. */
  Outcome ofAll(Iterable<Outcome> parts, int holds) {
    int value = Conditions.ALWAYS;
    Map<String, Integer> failures = new LinkedHashMap<>();
    for (Outcome part : parts) {
      value = conditions.and(value, part.value());
      add(failures, part, Conditions.ALWAYS);
    }
    return of(value, holds, failures);
  }

  /** Fails for a reason of its own, too. */
  Outcome failing(Outcome outcome, String what, int when) {
    Map<String, Integer> failures = new LinkedHashMap<>(outcome.failures());
    failures.merge(what, conditions.and(outcome.value(), when), conditions::or);
    return new Outcome(
        conditions.and(outcome.value(), conditions.not(when)),
        conditions.and(outcome.yes(), conditions.not(when)),
        conditions.and(outcome.no(), conditions.not(when)),
        failures);
  }

  /** Goes over a range, and fails where it can at one of its elements. */
  Outcome loop(Outcome range, Outcome step, int holds) {
    Map<String, Integer> failures = new LinkedHashMap<>(range.failures());
    add(failures, step, range.value());
    return of(range.value(), holds, failures);
  }

  Outcome not(Outcome outcome) {
    return new Outcome(outcome.value(), outcome.no(), outcome.yes(), outcome.failures());
  }

  Outcome and(Outcome one, Outcome other) {
    Map<String, Integer> failures = new LinkedHashMap<>();
    add(failures, one, conditions.or(other.yes(), failed(other)));
    add(failures, other, conditions.or(one.yes(), failed(one)));
    int yes = conditions.and(one.yes(), other.yes());
    int no = conditions.or(one.no(), other.no());
    return new Outcome(conditions.or(yes, no), yes, no, failures);
  }

  Outcome or(Outcome one, Outcome other) {
    return not(and(not(one), not(other)));
  }

  Outcome choice(Outcome condition, Outcome one, Outcome other) {
    Map<String, Integer> failures = new LinkedHashMap<>(condition.failures());
    add(failures, one, condition.yes());
    add(failures, other, condition.no());
    return new Outcome(
        either(condition, one.value(), other.value()),
        either(condition, one.yes(), other.yes()),
        either(condition, one.no(), other.no()),
        failures);
  }

  /** Whether two truth values are the same. */
  Outcome same(Outcome one, Outcome other) {
    Map<String, Integer> failures = new LinkedHashMap<>(one.failures());
    add(failures, other, Conditions.ALWAYS);
    int yes = either(one, other.yes(), other.no());
    int no = either(one, other.no(), other.yes());
    return new Outcome(conditions.or(yes, no), yes, no, failures);
  }

  /** A condition where an expression is true, and another one where it is false. */
  int either(Outcome condition, int yes, int no) {
    return conditions.or(conditions.and(condition.yes(), yes), conditions.and(condition.no(), no));
  }

  private Outcome of(int value, int holds, Map<String, Integer> failures) {
    return new Outcome(
        value,
        conditions.and(value, holds),
        conditions.and(value, conditions.not(holds)),
        failures);
  }

  private int failed(Outcome outcome) {
    return outcome.failures().values().stream().reduce(NEVER, conditions::or);
  }

  private void add(Map<String, Integer> failures, Outcome more, int when) {
    more.failures()
        .forEach(
            (what, fails) -> failures.merge(what, conditions.and(fails, when), conditions::or));
  }
}
