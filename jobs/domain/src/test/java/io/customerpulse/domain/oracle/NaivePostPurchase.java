package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;

/** Opens with the payment of an order, unless it is given back; closes when that happens. */
final class NaivePostPurchase extends NaiveKind {

  NaivePostPurchase(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.POST_PURCHASE, rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    if (payment(event) != null) {
      openByEvent(customer.history().orderKey(event), event);
    }
    for (NaiveEpisode episode : episodes.all()) {
      episode.live &= episode.kind != this || counts(episode.scope);
    }
  }

  private boolean counts(String key) {
    return customer.history().counting().stream().anyMatch(o -> o.key().equals(key));
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    Purchase paid = (Purchase) episode.opener.payload();
    return evidence(
        episode,
        now,
        episode.opener.appId(),
        paid.cartId(),
        paid.amountMinor(),
        null,
        null,
        null,
        null,
        paid.orderId());
  }
}
