package io.customerpulse.domain.oracle;

import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.kind.CartAbandonment;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Opens when a cart grows, is refreshed by any change of it, closes with an order or empty. */
final class NaiveCartAbandonment extends NaiveKind {
  NaiveCartAbandonment(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    Purchase paid = payment(event);
    if (event.payload() instanceof CartChange change) {
      changed(event, change, before);
    } else if (paid != null) {
      leave(paid, event.eventTime(), before);
    } else if (anyPayment(event) != null) {
      leaveEmptied(event.eventTime());
    }
  }

  private void changed(BehaviorEvent event, CartChange change, NaiveHistory before) {
    CartKey key = CartKey.of(event.appId(), change.cartId());
    List<Line> was = before.cart(key, event.eventTime());
    List<Line> is = customer.history().cart(key, event.eventTime());
    NaiveEpisode live = live(key.asText());
    if (was.equals(is)) {
      return;
    }
    if (is.isEmpty()) {
      close(key.asText());
    } else if (live != null) {
      live.refresh(event);
    } else if (is.stream().anyMatch(line -> grew(was, is, line.skuId()))) {
      openByEvent(key.asText(), event);
    }
  }

  private static boolean grew(List<Line> was, List<Line> is, String skuId) {
    return NaiveCart.pieces(was, skuId) < NaiveCart.pieces(is, skuId);
  }

  /** A paid order ends what the rule lets it end, and what has nothing left to remind of. */
  private void leave(Purchase paid, Instant at, NaiveHistory before) {
    List<String> skus = paid.lines().stream().map(Line::skuId).toList();
    for (NaiveEpisode episode : episodes.all()) {
      if (episode.live && episode.kind == this) {
        CartKey key = CartKey.fromText(episode.scope);
        boolean exits =
            switch (rule.get(CartAbandonment.EXIT_ON)) {
              case ANY -> true;
              case SKU ->
                  skus.isEmpty()
                      || before.cart(key, at).stream().map(Line::skuId).anyMatch(skus::contains);
              case CART -> paid.cartId() == null || paid.cartId().equals(key.cartId());
            };
        episode.live = !exits && !customer.history().cart(key, at).isEmpty();
      }
    }
  }

  /** What is paid for once more only takes away what there is to remind of. */
  private void leaveEmptied(Instant at) {
    for (NaiveEpisode episode : episodes.all()) {
      if (episode.live && episode.kind == this) {
        episode.live = !customer.history().cart(CartKey.fromText(episode.scope), at).isEmpty();
      }
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    CartKey key = CartKey.fromText(episode.scope);
    List<Line> lines = customer.history().cart(key, now);
    return evidence(
        episode,
        now,
        key.appId(),
        key.cartId().isEmpty() ? null : key.cartId(),
        NaiveHistory.valueMinor(lines),
        lines,
        null,
        null,
        null,
        null);
  }

  @Override
  Map<String, Object> cart(NaiveEpisode episode, Instant now) {
    List<Line> lines = customer.history().cart(CartKey.fromText(episode.scope), now);
    return Map.of("value_minor", NaiveHistory.valueMinor(lines));
  }
}
