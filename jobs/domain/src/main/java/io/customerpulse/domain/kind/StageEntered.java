package io.customerpulse.domain.kind;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.StageMove;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A lifecycle stage that begins. Opens with the stage; closes when it is left, be it for another
 * stage of the same rule, which opens the next. Its scope is the customer.
 */
public final class StageEntered extends EpisodeKind<Void> {
  public static final Key<Set<Stage>> STAGES =
      Key.some(
          "stages",
          Key.oneOf(List.of(Stage.values())),
          "which stages",
          "a list of " + Key.listed(List.of(Stage.values())));

  private static final long serialVersionUID = 1;

  public StageEntered() {
    super("stage_entered", 5, 50);
  }

  @Override
  public String waitsFor() {
    return "a lifecycle stage that begins";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(STAGES);
  }

  @Override
  public MemoryForm<Void> memoryForm() {
    return MemoryForm.none();
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return false;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Void> context) {}

  @Override
  public void onStage(List<Rule> rules, StageMove move, KindContext<Void> context) {
    context.exit(
        new ExitEvent(
            move.leftAt(),
            TriggerReason.STAGE_LEFT,
            (rule, episode) -> true,
            (rule, fire) -> rule.get(STAGES).contains(move.from())));
    for (Rule rule : rules) {
      if (rule.get(STAGES).contains(move.to())) {
        context.open(rule, Episode.CUSTOMER_SCOPE, move.by(), move.at());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Void> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .daysSilent(context.subject(), now)
        .build();
  }
}
