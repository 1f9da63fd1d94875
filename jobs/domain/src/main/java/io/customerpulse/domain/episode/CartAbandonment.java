package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.ExitOn;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;

/**
 * A cart that was left. Opens when a line is added or grows, is refreshed by any real change of the
 * cart, closes with an order or when the cart is empty. Its scope is one cart.
 */
final class CartAbandonment implements EpisodeKind {
  @Override
  public boolean concerns(CustomerChange change) {
    return change.paid() != null || !change.cartChanges().isEmpty();
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    if (change.paid() != null) {
      exitByOrder(change, episodes);
    }
    Instant at = change.event().eventTime();
    for (Carts.Change cart : change.cartChanges()) {
      String scopeKey = cart.key().asText();
      if (cart.empty()) {
        episodes.exit(
            Exit.ofScope(
                TriggerKind.CART_ABANDONMENT, at, TriggerReason.CART_EMPTY, scopeKey::equals));
      } else if (change.event().type() == EventType.CART) {
        for (Rule rule : rules) {
          openOrRefresh(rule, cart, change, subject, episodes);
        }
      }
    }
  }

  private static void openOrRefresh(
      Rule rule, Carts.Change cart, CustomerChange change, Subject subject, Episodes episodes) {
    Instant at = change.event().eventTime();
    if (change.late() && isBoughtSince(rule, cart, at, subject)) {
      return;
    }
    String scopeKey = cart.key().asText();
    if (episodes.live(rule, scopeKey) != null) {
      episodes.refresh(rule, scopeKey, change.event());
    } else if (cart.grew()) {
      episodes.open(rule, scopeKey, change.event(), at);
    }
  }

  /** Whether an order that is known already came after a change that is learnt late. */
  private static boolean isBoughtSince(
      Rule rule, Carts.Change change, Instant at, Subject subject) {
    Cart cart = change.carts().get(change.key());
    return subject.recentPurchases().stream()
        .anyMatch(
            purchase ->
                !purchase.repeated()
                    && !purchase.at().isBefore(at)
                    && switch (exitOn(rule, purchase)) {
                      case ANY -> true;
                      case SKU -> cart.containsAny(purchase.skuIds());
                      case CART -> isOfCart(purchase, change.key());
                    });
  }

  private static void exitByOrder(CustomerChange change, Episodes episodes) {
    RecentPurchase paid = change.paid();
    Instant at = change.event().eventTime();
    Carts before = change.cartsBefore().asOf(at);
    episodes.exit(
        new Exit(
            TriggerKind.CART_ABANDONMENT,
            at,
            TriggerReason.PURCHASE,
            (rule, episode) ->
                !episode.openedAt().isAfter(at)
                    && switch (exitOn(rule, paid)) {
                      case ANY -> true;
                      case SKU ->
                          before
                              .get(CartKey.fromText(episode.scopeKey()))
                              .containsAny(paid.skuIds());
                      case CART -> isOfCart(paid, CartKey.fromText(episode.scopeKey()));
                    },
            (rule, fire) ->
                !fire.openedAt().isAfter(at)
                    && switch (exitOn(rule, paid)) {
                      case ANY -> true;
                      case SKU -> fire.items().stream().anyMatch(paid.skuIds()::contains);
                      case CART -> isOfCart(paid, CartKey.fromText(fire.scopeKey()));
                    }));
  }

  /** What an order is compared by: one that doesn't say that acts as any. */
  private static ExitOn exitOn(Rule rule, RecentPurchase paid) {
    ExitOn exitOn = exitOn(rule);
    boolean silent = exitOn == ExitOn.SKU ? paid.skuIds().isEmpty() : paid.cartId() == null;
    return silent ? ExitOn.ANY : exitOn;
  }

  private static ExitOn exitOn(Rule rule) {
    return ((Occasion.CartAbandonment) rule.occasion()).exitOn();
  }

  private static boolean isOfCart(RecentPurchase purchase, CartKey key) {
    return purchase.cartId().equals(key.cartId());
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    CartKey key = CartKey.fromText(episode.scopeKey());
    Cart cart = subject.carts().asOf(now).get(key);
    return Evidences.ofCustomer(episode, subject, now)
        .appId(key.appId())
        .cartId(key.cartId().isEmpty() ? null : key.cartId())
        .valueMinor(cart.valueMinor())
        .lines(cart.contents())
        .build();
  }

  @Override
  public List<String> items(Rule rule, Episode episode, Subject subject) {
    if (exitOn(rule) != ExitOn.SKU) {
      return List.of();
    }
    Cart cart = subject.carts().get(CartKey.fromText(episode.scopeKey()));
    return cart.contents().stream().map(Line::skuId).toList();
  }
}
