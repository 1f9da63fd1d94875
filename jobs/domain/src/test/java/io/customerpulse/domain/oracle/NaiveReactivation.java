package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.kind.Reactivation;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;

/** Opens once per entry, by silence, into its stage, as soon as nothing was done for so long. */
final class NaiveReactivation extends NaiveKind {
  /** Whether silence has led into the stage, and nothing has been opened for that yet. */
  private boolean entered;

  /** When it would have opened, had the rule been active; an activity moves that. */
  private Instant missed;

  NaiveReactivation(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    if (event.type().isActivity()) {
      close(CUSTOMER_SCOPE);
    }
  }

  @Override
  void onStage(StageTransition transition, BehaviorEvent cause) {
    entered =
        transition.to() == rule.get(Reactivation.STAGE)
            && transition.reason() == TransitionReason.SILENCE;
    missed = null;
  }

  private Instant quietAt() {
    return customer.history().lastActivityAt().plus(rule.get(Reactivation.INACTIVE_FOR));
  }

  @Override
  List<Instant> moments(Instant now) {
    return entered ? List.of(quietAt()) : List.of();
  }

  @Override
  void onTime(Instant now) {
    if (entered && !quietAt().isAfter(now) && !quietAt().equals(missed)) {
      if (!rule.opensAt(now)) {
        missed = quietAt();
        return;
      }
      entered = false;
      if (live(CUSTOMER_SCOPE) == null) {
        openByTime(CUSTOMER_SCOPE, now);
      }
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    return evidenceOfCustomer(episode, now);
  }
}
