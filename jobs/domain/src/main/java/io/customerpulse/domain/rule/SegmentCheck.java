package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rfm.SegmentNames;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether rules know the segments: what they are called is said by the settings, so that rules
 * alone can't tell.
 */
public final class SegmentCheck {
  private SegmentCheck() {}

  /**
   * Looks at the segments that rules wait for.
   *
   * @param name how problems call the place the rules are from
   * @throws ConfigurationException with every name that no segment has, and every rule that mixes
   *     the 25 cells and the Chinese eight
   */
  public static void check(String name, RuleSet rules, SegmentNames names) {
    Problems problems = new Problems();
    rules.all().forEach(rule -> check(name, 0, rule, names, problems));
    problems.throwIfAny();
  }

  /**
   * As {@link #check(String, RuleSet, SegmentNames)}, for one rule.
   *
   * @param line where the rule begins there; 0 where that isn't known
   * @param problems grow by what is wrong
   */
  public static void check(
      String name, int line, Rule rule, SegmentNames names, Problems problems) {
    check(name, line, rule.id(), rule.kind().segments(rule.condition()), names, problems);
  }

  private static void check(
      String name,
      int line,
      String ruleId,
      Set<String> segments,
      SegmentNames names,
      Problems problems) {
    String key = "rule " + ruleId + ": segments";
    boolean known = true;
    for (String segment : new TreeSet<>(segments)) {
      if (!names.ofCells().contains(segment) && !names.ofEight().contains(segment)) {
        known = false;
        String message =
            "is no segment; allowed: "
                + String.join(", ", names.ofCells())
                + ", or "
                + String.join(", ", names.ofEight());
        problems.add(new Problem(name, line, key, segment, message));
      }
    }
    boolean oneNaming =
        names.ofCells().containsAll(segments) || names.ofEight().containsAll(segments);
    if (known && !oneNaming) {
      String message = "mixes two maps; allowed: names of the 25 cells or of the Chinese eight";
      problems.add(new Problem(name, line, key, null, message));
    }
  }
}
