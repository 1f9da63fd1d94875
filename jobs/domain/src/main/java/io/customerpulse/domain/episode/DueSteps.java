package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.TriggerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that are to be judged at one moment, in the order in which they are. */
final class DueSteps {
  private final Instant now;
  private final List<DueStep> steps = new ArrayList<>();

  /** When steps fell due → the highest kind among them. */
  private final Map<Instant, TriggerKind> highest = new HashMap<>();

  /** Episode → its last step that should have been judged before now. */
  private final Map<String, Integer> lastOverdue = new HashMap<>();

  DueSteps(Instant now) {
    this.now = now;
  }

  void add(DueStep step) {
    steps.add(step);
    highest.merge(
        step.dueAt(), step.rule().kind(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
    if (step.dueAt().isBefore(now)) {
      lastOverdue.merge(step.episode().episodeId(), step.number(), Math::max);
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  List<DueStep> inOrder() {
    steps.sort(DueStep.JUDGING_ORDER);
    return steps;
  }

  /** Whether a step of a kind that precedes this one's fell due at the same instant. */
  boolean isPreceded(DueStep step) {
    return highest.get(step.dueAt()).precedes(step.rule().kind());
  }

  /**
   * Whether a later step of the same episode has waited for this moment too, be it for the end of
   * quiet hours or because both are learnt late: then only the later one is of use.
   */
  boolean isSuperseded(DueStep step) {
    return lastOverdue.getOrDefault(step.episode().episodeId(), 0) > step.number();
  }
}
