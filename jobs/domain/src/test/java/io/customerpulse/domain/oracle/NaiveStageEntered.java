package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.kind.StageEntered;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;

/** Opens when a stage begins, closes when it is left. */
final class NaiveStageEntered extends NaiveKind {
  NaiveStageEntered(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.STAGE_ENTERED, rule, customer, episodes);
  }

  @Override
  void onStage(StageTransition transition, BehaviorEvent cause) {
    close(CUSTOMER_SCOPE);
    if (!rule.get(StageEntered.STAGES).contains(transition.to())) {
      return;
    }
    if (cause == null) {
      openByTime(CUSTOMER_SCOPE, transition.at());
    } else {
      openByEvent(CUSTOMER_SCOPE, cause);
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    return evidenceOfCustomer(episode, now);
  }
}
