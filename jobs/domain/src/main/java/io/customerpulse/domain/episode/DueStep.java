package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import java.time.Instant;
import java.util.Comparator;

/**
 * A step that is to be judged now.
 *
 * @param dueAt when it fell due, which is earlier than now where it was held or is learnt late
 * @param held whether it has waited for the end of the quiet hours
 */
record DueStep(Episode episode, Rule rule, int number, Instant dueAt, boolean held) {

  /** The higher kind first, so that what it fires is known when the lower is judged. */
  static final Comparator<DueStep> JUDGING_ORDER =
      Comparator.comparing((DueStep step) -> step.rule().kind())
          .thenComparing(step -> step.rule().id())
          .thenComparing(step -> step.episode().scopeKey())
          .thenComparing(DueStep::number);
}
