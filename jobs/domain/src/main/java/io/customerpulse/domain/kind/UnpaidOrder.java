package io.customerpulse.domain.kind;

import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.order.OrderState;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An order that was placed and isn't paid. Opens when the order is created, if that is the first
 * that is heard of it; closes when it is paid, completed or closed. Its scope is the order.
 */
public final class UnpaidOrder extends EpisodeKind<Void> {
  private static final long serialVersionUID = 1;

  public UnpaidOrder() {
    super("unpaid_order", 3, 10);
  }

  @Override
  public String waitsFor() {
    return "an order that was created and not paid. A service message: sent whatever the consent";
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of(Duration.ofMinutes(15));
  }

  @Override
  public boolean isRanked() {
    return true;
  }

  @Override
  public boolean needsConsent() {
    return false;
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
    return change.event().payload() instanceof Purchase;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Void> context) {
    Purchase purchase = (Purchase) change.event().payload();
    if (purchase.status() != OrderStatus.CREATED) {
      TriggerReason reason =
          purchase.status().pays() ? TriggerReason.PURCHASE : TriggerReason.CLOSED;
      context.exit(
          ExitEvent.ofScope(change.event().eventTime(), reason, change.order().key()::equals));
    } else if (change.order().before() == OrderState.UNKNOWN) {
      for (Rule rule : rules) {
        context.open(rule, change.order().key(), change.event(), change.event().eventTime());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Void> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now).order().build();
  }
}
