package io.customerpulse.domain.episode;

import io.customerpulse.domain.order.OrderState;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;

/**
 * An order that was paid. Opens with the payment (or completion); closes when the order is given
 * back as a whole. Its scope is the order.
 */
final class PostPurchase implements EpisodeKind {

  @Override
  public boolean concerns(CustomerChange change) {
    return change.order() != null && change.order().after() != OrderState.UNKNOWN;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    String orderKey = change.order().key();
    if (change.order().after() == OrderState.OUT) {
      episodes.exit(
          Exit.ofScope(
              TriggerKind.POST_PURCHASE,
              change.event().eventTime(),
              TriggerReason.REFUNDED,
              orderKey::equals));
    } else if (change.paid() != null) {
      for (Rule rule : rules) {
        episodes.open(rule, orderKey, change.event(), change.event().eventTime());
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
