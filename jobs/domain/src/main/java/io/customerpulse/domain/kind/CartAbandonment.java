package io.customerpulse.domain.kind;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A cart that was left. Opens when a line is added or grows, is refreshed by any real change of the
 * cart, closes with an order or when the cart is empty. Its scope is one cart.
 */
public final class CartAbandonment extends EpisodeKind<Void> {
  public static final Key<ExitOn> EXIT_ON =
      Key.choice(
          "exit_on",
          List.of(ExitOn.values()),
          ExitOn.ANY,
          "which paid order ends it: `any` of the customer, `sku`: one that shares a SKU, `cart`:"
              + " one of the same cart");

  private static final long serialVersionUID = 1;

  public CartAbandonment() {
    super("cart_abandonment", 1, 20);
  }

  /** Which paid order ends an episode. */
  public enum ExitOn {
    /** Any order of the customer. */
    ANY,
    /** An order that shares a SKU with the cart; one without lines counts as any. */
    SKU,
    /** An order of the same cart; one without a cart counts as any. */
    CART
  }

  @Override
  public String waitsFor() {
    return "a cart that was filled and left";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(EXIT_ON);
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(72));
  }

  @Override
  public Duration defaultCooldown() {
    return Duration.ofHours(24);
  }

  @Override
  public boolean isRanked() {
    return true;
  }

  @Override
  public Set<String> fieldsAlwaysSet() {
    return Set.of("event.type", "cart.lines");
  }

  @Override
  public MemoryForm<Void> memoryForm() {
    return MemoryForm.none();
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return change.paid() != null || !change.cartChanges().isEmpty();
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Void> context) {
    if (change.paid() != null) {
      exitByOrder(change, context);
    }
    Instant at = change.event().eventTime();
    for (Carts.Change cart : change.cartChanges()) {
      String scopeKey = cart.key().asText();
      if (cart.empty()) {
        context.exit(ExitEvent.ofScope(at, TriggerReason.CART_EMPTY, scopeKey::equals));
      } else if (change.event().type() == EventType.CART) {
        for (Rule rule : rules) {
          openOrRefresh(rule, cart, change, context);
        }
      }
    }
  }

  private static void openOrRefresh(
      Rule rule, Carts.Change cart, CustomerChange change, KindContext<Void> context) {
    Instant at = change.event().eventTime();
    if (change.late() && isBoughtSince(rule, cart, at, context.subject())) {
      return;
    }
    String scopeKey = cart.key().asText();
    if (context.live(rule, scopeKey) != null) {
      context.refresh(rule, scopeKey, change.event());
    } else if (cart.grew()) {
      context.open(rule, scopeKey, change.event(), at);
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

  private static void exitByOrder(CustomerChange change, KindContext<Void> context) {
    RecentPurchase paid = change.paid();
    Instant at = change.event().eventTime();
    Carts before = change.cartsBefore().asOf(at);
    context.exit(
        new ExitEvent(
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
    ExitOn exitOn = rule.get(EXIT_ON);
    boolean silent = exitOn == ExitOn.SKU ? paid.skuIds().isEmpty() : paid.cartId() == null;
    return silent ? ExitOn.ANY : exitOn;
  }

  private static boolean isOfCart(RecentPurchase purchase, CartKey key) {
    return purchase.cartId().equals(key.cartId());
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Void> context, Instant now) {
    CartKey key = CartKey.fromText(episode.scopeKey());
    Cart cart = context.subject().carts().asOf(now).get(key);
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .appId(key.appId())
        .cartId(key.cartId().isEmpty() ? null : key.cartId())
        .valueMinor(cart.valueMinor())
        .lines(cart.contents())
        .build();
  }

  @Override
  public List<String> items(Rule rule, Episode episode, Subject subject) {
    if (rule.get(EXIT_ON) != ExitOn.SKU) {
      return List.of();
    }
    Cart cart = subject.carts().get(CartKey.fromText(episode.scopeKey()));
    return cart.contents().stream().map(Line::skuId).toList();
  }
}
