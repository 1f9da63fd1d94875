package io.customerpulse.domain.episode;

import io.customerpulse.domain.order.Order;
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
    return change.order() != null && change.order().after() != null;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    Order order = change.order().after();
    if (order.isPaid() && !order.isCounting()) {
      episodes.exit(
          Exit.ofScope(
              TriggerKind.POST_PURCHASE,
              change.event().eventTime(),
              TriggerReason.REFUNDED,
              order.orderId()::equals));
    } else if (change.paid() != null) {
      for (Rule rule : rules) {
        episodes.open(rule, order.orderId(), change.event(), change.event().eventTime());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now)
        .appId(episode.refreshedBy().appId())
        .cartId(episode.refreshedBy().cartId())
        .orderId(episode.scopeKey())
        .valueMinor(episode.refreshedBy().amountMinor())
        .build();
  }
}
