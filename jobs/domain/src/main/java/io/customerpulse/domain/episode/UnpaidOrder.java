package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.order.OrderState;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;

/**
 * An order that was placed and isn't paid. Opens when the order is created, if that is the first
 * that is heard of it; closes when it is paid, completed or closed. Its scope is the order.
 */
final class UnpaidOrder implements EpisodeKind {

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().payload() instanceof Purchase;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    Purchase purchase = (Purchase) change.event().payload();
    if (purchase.status() != OrderStatus.CREATED) {
      TriggerReason reason =
          purchase.status().pays() ? TriggerReason.PURCHASE : TriggerReason.CLOSED;
      episodes.exit(
          Exit.ofScope(
              TriggerKind.UNPAID_ORDER,
              change.event().eventTime(),
              reason,
              change.order().key()::equals));
    } else if (change.order().before() == OrderState.UNKNOWN) {
      for (Rule rule : rules) {
        episodes.open(rule, change.order().key(), change.event(), change.event().eventTime());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now)
        .appId(episode.refreshedBy().appId())
        .cartId(episode.refreshedBy().cartId())
        .orderId(episode.refreshedBy().orderId())
        .valueMinor(episode.refreshedBy().amountMinor())
        .build();
  }
}
