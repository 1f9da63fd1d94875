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
  /** When silence has led into the stage; null while the customer is in another one. */
  private Instant entered;

  /** When it would have opened, had the rule been active; an activity moves that. */
  private Instant missed;

  NaiveReactivation(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.REACTIVATION, rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    if (NaiveEvents.isActivity(event)) {
      close(CUSTOMER_SCOPE);
    }
  }

  @Override
  void onStage(StageTransition transition, BehaviorEvent cause) {
    boolean enters =
        transition.to() == rule.get(Reactivation.STAGE)
            && transition.reason() == TransitionReason.SILENCE;
    entered = enters ? transition.at() : null;
    missed = null;
  }

  private Instant quietAt() {
    return customer.history().lastActivityAt().plus(rule.get(Reactivation.INACTIVE_FOR));
  }

  @Override
  List<Instant> moments(Instant now) {
    return entered != null ? List.of(quietAt()) : List.of();
  }

  @Override
  void onTime(Instant now) {
    if (entered != null
        && !episodes.isUsed(rule.id(), entered)
        && !quietAt().isAfter(now)
        && !quietAt().equals(missed)) {
      if (!customer.rules().opens(rule, now)) {
        missed = quietAt();
        return;
      }
      openByTime(CUSTOMER_SCOPE, now);
      episodes.used(rule.id(), entered);
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    return evidenceOfCustomer(episode, now);
  }
}
