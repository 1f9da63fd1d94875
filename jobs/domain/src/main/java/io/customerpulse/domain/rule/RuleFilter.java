package io.customerpulse.domain.rule;

import java.io.Serializable;
import java.util.List;

/**
 * A condition that a rule adds: judged for each step, checked for types when the rule is loaded.
 */
public interface RuleFilter extends Serializable {

  /** The expression as it stands in the rule. */
  String source();

  /** Whether it looks at the attributes of the event; they needn't be remembered if not. */
  boolean readsEventAttributes();

  /**
   * What it relies on without asking: a sentence on each thing that may be unset, or be 0 where it
   * divides, so that {@link #test} would fail. Empty where it can't fail for that.
   *
   * @param kind of the rule, which decides what is set
   */
  List<String> warnings(TriggerKind kind);

  /**
   * Whether the step may fire.
   *
   * @throws FilterException where the expression fails on these values, for example by dividing by
   *     zero or by asking for a field that is unset
   */
  boolean test(FilterInput input) throws FilterException;
}
