package io.customerpulse.domain.episode;

import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;

/** What becomes of a step that is due. */
sealed interface StepDecision {

  /** It fires. */
  record Fire() implements StepDecision {}

  /** It waits until the quiet hours end. */
  record Hold(Instant until) implements StepDecision {}

  /** It never fires. */
  record Drop(Outcome outcome, TriggerReason reason) implements StepDecision {}
}
