package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.ExitOn;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
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
  public void onEvent(Rule rule, CustomerChange change, Subject subject, Episodes episodes) {
    if (change.paid() != null) {
      exitByOrder(rule, change, episodes);
    }
    for (Carts.Change cart : change.cartChanges()) {
      String scopeKey = cart.key().asText();
      if (cart.empty()) {
        episodes.exit(
            rule, Exit.at(change.event().eventTime(), TriggerReason.CART_EMPTY, scopeKey::equals));
      } else if (change.event().type() == EventType.CART) {
        openOrRefresh(rule, cart, change, subject, episodes);
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
    if (episodes.isLive(rule, scopeKey)) {
      episodes.refresh(rule, scopeKey, change.event());
    } else if (cart.grew()) {
      episodes.open(rule, scopeKey, change.event());
    }
  }

  /** Whether an order that is known already came after a change that is learnt late. */
  private static boolean isBoughtSince(
      Rule rule, Carts.Change change, Instant at, Subject subject) {
    Cart cart = change.carts().get(change.key());
    return subject.recentPurchases().stream()
        .anyMatch(
            purchase ->
                !purchase.at().isBefore(at)
                    && switch (exitOn(rule)) {
                      case ANY -> true;
                      case SKU ->
                          purchase.skuIds().isEmpty() || cart.containsAny(purchase.skuIds());
                      case CART -> isOfCart(purchase, change.key());
                    });
  }

  private static void exitByOrder(Rule rule, CustomerChange change, Episodes episodes) {
    RecentPurchase paid = change.paid();
    Instant at = change.event().eventTime();
    if (exitOn(rule) == ExitOn.CART && paid.cartId() != null) {
      episodes.exit(
          rule,
          Exit.at(
              at, TriggerReason.PURCHASE, scopeKey -> isOfCart(paid, CartKey.fromText(scopeKey))));
    } else if (exitOn(rule) == ExitOn.SKU && !paid.skuIds().isEmpty()) {
      Carts before = change.cartsBefore().asOf(at);
      episodes.exit(
          rule,
          new Exit(
              at,
              at,
              TriggerReason.PURCHASE,
              scopeKey -> before.get(CartKey.fromText(scopeKey)).containsAny(paid.skuIds()),
              fire -> fire.skuIds().stream().anyMatch(paid.skuIds()::contains)));
    } else {
      episodes.exit(rule, Exit.at(at, TriggerReason.PURCHASE, scopeKey -> true));
    }
  }

  private static ExitOn exitOn(Rule rule) {
    return ((Occasion.CartAbandonment) rule.occasion()).exitOn();
  }

  private static boolean isOfCart(RecentPurchase purchase, CartKey key) {
    return purchase.cartId() == null || purchase.cartId().equals(key.cartId());
  }

  @Override
  public Evidence evidence(Episode episode, Subject subject, Instant now) {
    CartKey key = CartKey.fromText(episode.scopeKey());
    Cart cart = subject.carts().asOf(now).get(key);
    Scores scores = subject.scoresAt(now);
    return new Evidence(
        key.appId(),
        key.cartId().isEmpty() ? null : key.cartId(),
        cart.valueMinor(),
        cart.contents(),
        null,
        null,
        null,
        subject.stage(),
        scores == null ? null : scores.r(),
        scores == null ? null : scores.f(),
        scores == null ? null : scores.m(),
        scores == null ? null : scores.cutsVersion(),
        episode.openedBy(),
        episode.refreshedBy().eventId());
  }

  @Override
  public List<String> skuIds(Rule rule, Episode episode, Subject subject) {
    if (exitOn(rule) != ExitOn.SKU) {
      return List.of();
    }
    Cart cart = subject.carts().get(CartKey.fromText(episode.scopeKey()));
    return cart.contents().stream().map(Line::skuId).toList();
  }
}
