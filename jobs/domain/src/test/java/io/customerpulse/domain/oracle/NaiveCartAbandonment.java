package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.kind.CartAbandonment;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;

/** Opens when a cart grows, is refreshed by any change of it, closes with an order or empty. */
final class NaiveCartAbandonment extends NaiveKind {
  NaiveCartAbandonment(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.CART_ABANDONMENT, rule, customer, episodes);
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
    NaiveCartName name = NaiveCartName.of(event.appId(), change.cartId());
    String scope = name.scope();
    List<Line> was = before.cart(name, event.eventTime());
    List<Line> is = customer.history().cart(name, event.eventTime());
    if (was.equals(is)) {
      return;
    }
    if (is.isEmpty()) {
      close(scope);
    } else if (own(scope) != null) {
      own(scope).refresh(event);
    } else if (is.stream().anyMatch(line -> grew(was, is, line.skuId()))) {
      openByEvent(scope, event);
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
        NaiveCartName name = name(episode);
        boolean exits =
            switch (rule.get(CartAbandonment.EXIT_ON)) {
              case ANY -> true;
              case SKU ->
                  skus.isEmpty()
                      || before.cart(name, at).stream().map(Line::skuId).anyMatch(skus::contains);
              case CART -> paid.cartId() == null || paid.cartId().equals(name.cartId());
            };
        episode.live = !exits && !customer.history().cart(name, at).isEmpty();
      }
    }
  }

  /** What is paid for once more only takes away what there is to remind of. */
  private void leaveEmptied(Instant at) {
    for (NaiveEpisode episode : episodes.all()) {
      if (episode.live && episode.kind == this) {
        episode.live = !customer.history().cart(name(episode), at).isEmpty();
      }
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    NaiveCartName name = name(episode);
    List<Line> lines = customer.history().cart(name, now);
    return evidence(
        episode,
        now,
        name.appId(),
        name.cartId().isEmpty() ? null : name.cartId(),
        NaiveHistory.valueMinor(lines),
        lines,
        null,
        null,
        null,
        null);
  }

  /** That of the event which opened it. */
  private static NaiveCartName name(NaiveEpisode episode) {
    CartChange opened = (CartChange) episode.opener.payload();
    return NaiveCartName.of(episode.opener.appId(), opened.cartId());
  }
}
