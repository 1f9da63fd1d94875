package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.episode.Views.View;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A product that was looked at again and again, and left. Opens with the view that makes it enough
 * views in enough sessions; is refreshed by further views of it, or of another one that qualifies;
 * closes when the product is put into a cart or bought. Its scope is the customer: it is about the
 * qualifying product seen last.
 */
final class BrowseAbandonment implements EpisodeKind {

  @Override
  public boolean concerns(CustomerChange change) {
    return viewedProduct(change) != null
        || change.paid() != null
        || change.event().payload() instanceof CartChange;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    if (change.paid() != null) {
      exit(change, TriggerReason.PURCHASE, change.paid().productIds(), episodes);
    } else if (change.event().payload() instanceof CartChange cart) {
      if (cart.action().puts()) {
        exit(change, TriggerReason.CART_ADD, products(cart), episodes);
      }
    } else {
      view(rules, viewedProduct(change), change, subject, episodes);
    }
  }

  /** The product of a view; null where the event counts as none, or names no product. */
  private static String viewedProduct(CustomerChange change) {
    return change.viewed() && change.event().payload() instanceof Browse browse
        ? browse.productId()
        : null;
  }

  private static Set<String> products(CartChange cart) {
    return cart.lines().stream()
        .filter(line -> line.productId() != null)
        .filter(line -> line.quantity() == null || line.quantity() > 0)
        .map(Line::productId)
        .collect(Collectors.toSet());
  }

  private static void exit(
      CustomerChange change,
      TriggerReason reason,
      Collection<String> productIds,
      Episodes episodes) {
    if (productIds.isEmpty()) {
      return;
    }
    Instant at = change.event().eventTime();
    episodes.exit(
        new Exit(
            TriggerKind.BROWSE_ABANDONMENT,
            at,
            reason,
            (rule, episode) ->
                !episode.openedAt().isAfter(at) && productIds.contains(productOf(episode)),
            (rule, fire) ->
                !fire.openedAt().isAfter(at)
                    && fire.items().stream().anyMatch(productIds::contains)));
  }

  private static void view(
      List<Rule> rules,
      String productId,
      CustomerChange change,
      Subject subject,
      Episodes episodes) {
    if (rules.isEmpty()) {
      return;
    }
    Instant seenAt = change.event().eventTime();
    episodes.viewed(
        productId,
        change.event().sessionId(),
        seenAt,
        longestWindow(rules),
        awaited(rules, episodes));
    List<View> views = episodes.views().of(productId);
    // A view that is learnt late may be what made a later one the qualifying one.
    Instant lastAt = views.isEmpty() ? seenAt : views.get(views.size() - 1).at();
    for (Rule rule : rules) {
      Episode live = episodes.live(rule, Episode.CUSTOMER_SCOPE);
      if (!isEnough(of(rule), views, lastAt) || isTaken(rule, productId, lastAt, change, subject)) {
        continue;
      }
      if (live != null) {
        episodes.refresh(rule, Episode.CUSTOMER_SCOPE, change.event());
      } else {
        episodes.open(rule, Episode.CUSTOMER_SCOPE, change.event(), lastAt);
      }
    }
  }

  /** Products of live episodes, whose steps to come still tell of their views. */
  private static Map<String, Instant> awaited(List<Rule> rules, Episodes episodes) {
    Map<String, Instant> awaited = new HashMap<>();
    for (Rule rule : rules) {
      Episode live = episodes.live(rule, Episode.CUSTOMER_SCOPE);
      if (live != null) {
        awaited.merge(
            productOf(live), live.refreshedAt(), (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    return awaited;
  }

  private static Duration longestWindow(List<Rule> rules) {
    Duration longest = Duration.ZERO;
    for (Rule rule : rules) {
      Duration within = of(rule).within();
      longest = within.compareTo(longest) > 0 ? within : longest;
    }
    return longest;
  }

  private static boolean isEnough(Occasion.BrowseAbandonment rule, List<View> views, Instant at) {
    List<View> counting = within(views, rule.within(), at);
    return counting.size() >= rule.views()
        && counting.stream().mapToInt(View::session).distinct().count() >= rule.sessions();
  }

  private static List<View> within(List<View> views, Duration window, Instant at) {
    Instant from = at.minus(window);
    return views.stream()
        .filter(view -> view.at().isAfter(from) && !view.at().isAfter(at))
        .toList();
  }

  /** Whether the product was bought lately, or has been bought or put into a cart since. */
  private static boolean isTaken(
      Rule rule, String productId, Instant at, CustomerChange change, Subject subject) {
    Instant from = at.minus(of(rule).boughtWithin());
    for (RecentPurchase purchase : subject.recentPurchases()) {
      if (!purchase.repeated()
          && purchase.at().isAfter(from)
          && purchase.productIds().contains(productId)) {
        return true;
      }
    }
    return change.late()
        && subject.carts().all().stream().anyMatch(cart -> has(cart, productId, at));
  }

  private static boolean has(Cart cart, String productId, Instant since) {
    for (CartLine line : cart.lines()) {
      if (line.isThere()
          && productId.equals(line.line().productId())
          && !line.changedAt().isBefore(since)) {
        return true;
      }
    }
    return false;
  }

  /** What an episode is about: what was looked at in the view that refreshed it last. */
  private static String productOf(Episode episode) {
    return episode.refreshedBy().productId();
  }

  private static Occasion.BrowseAbandonment of(Rule rule) {
    return (Occasion.BrowseAbandonment) rule.occasion();
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    String productId = productOf(episode);
    List<View> views =
        within(subject.views().of(productId), of(rule).within(), episode.refreshedAt());
    return Evidences.ofCustomer(episode, subject, now)
        .appId(episode.refreshedBy().appId())
        .product(productId, views.size())
        .build();
  }

  @Override
  public List<String> items(Rule rule, Episode episode, Subject subject) {
    return List.of(productOf(episode));
  }
}
