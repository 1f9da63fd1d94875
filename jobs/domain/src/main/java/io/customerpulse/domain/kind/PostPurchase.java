package io.customerpulse.domain.kind;

import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.order.OrderState;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An order that was paid. Opens with the payment (or completion); closes when the order is given
 * back as a whole. Its scope is the order.
 */
public final class PostPurchase extends EpisodeKind<Void> {
  private static final long serialVersionUID = 1;

  public PostPurchase() {
    super("post_purchase", 7, 70);
  }

  @Override
  public String waitsFor() {
    return "an order that was paid";
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of();
  }

  @Override
  public Set<String> fieldsAlwaysSet() {
    return Set.of("event.type", "event.order_id", "episode.order_id");
  }

  @Override
  public MemoryForm<Void> memoryForm() {
    return MemoryForm.none();
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return change.order() != null && change.order().after() != OrderState.UNKNOWN;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Void> context) {
    String orderKey = change.order().key();
    if (change.order().after() == OrderState.OUT) {
      context.exit(
          ExitEvent.ofScope(change.event().eventTime(), TriggerReason.REFUNDED, orderKey::equals));
    } else if (change.paid() != null) {
      for (Rule rule : rules) {
        context.open(rule, orderKey, change.event(), change.event().eventTime());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Void> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now).order().build();
  }
}
