package io.customerpulse.domain.episode;

import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A lifecycle stage that begins. Opens with the stage; closes when it is left, be it for another
 * stage of the same rule, which opens the next. Its scope is the customer.
 */
final class StageEntered implements EpisodeKind {

  @Override
  public boolean concerns(CustomerChange change) {
    return false;
  }

  @Override
  public void onEvent(
      List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {}

  @Override
  public void onStage(List<Rule> rules, StageMove move, Subject subject, Episodes episodes) {
    episodes.exit(
        new Exit(
            TriggerKind.STAGE_ENTERED,
            move.leftAt(),
            TriggerReason.STAGE_LEFT,
            (rule, episode) -> true,
            (rule, fire) -> stages(rule).contains(move.from())));
    for (Rule rule : rules) {
      if (stages(rule).contains(move.to())) {
        episodes.open(rule, Episode.CUSTOMER_SCOPE, move.by(), move.at());
      }
    }
  }

  private static Set<Stage> stages(Rule rule) {
    return ((Occasion.StageEntered) rule.occasion()).stages();
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now).daysSilent(subject, now).build();
  }
}
