package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Problem;
import java.util.List;

/**
 * A rule, and how whoever wrote it put it.
 *
 * @param json with the keys of a rule file and without {@code activated_at}; what isn't said has
 *     its default
 * @param file where it was read
 * @param line where it begins there
 */
public record RuleDefinition(Rule rule, String json, String file, int line) {

  /** Something that is wrong with the rule beside others, at its place. */
  public Problem problem(String key, String message) {
    String value = key.equals("version") ? Integer.toString(rule.version()) : rule.id();
    return new Problem(file, line, rule.id() + "." + key, value, message);
  }

  /** What its filter relies on without asking, at its place. */
  public List<Problem> warnings() {
    return rule.warnings().stream()
        .map(said -> new Problem(file, line, rule.id() + ".filter", null, said))
        .toList();
  }
}
