package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;

/** Opens when an order is created, which it is once; closes when it is paid or closed. */
final class NaiveUnpaidOrder extends NaiveKind {

  NaiveUnpaidOrder(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.UNPAID_ORDER, rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    if (event.payload() instanceof Purchase purchase) {
      String key = customer.history().orderKey(event);
      if (purchase.status() != OrderStatus.CREATED) {
        close(key);
      } else if (before.purchasesOf(key).isEmpty()) {
        openByEvent(key, event);
      }
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    Purchase created = (Purchase) episode.opener.payload();
    return evidence(
        episode,
        now,
        episode.opener.appId(),
        created.cartId(),
        created.amountMinor(),
        null,
        null,
        null,
        null,
        created.orderId());
  }
}
