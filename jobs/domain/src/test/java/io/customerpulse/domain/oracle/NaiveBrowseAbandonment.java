package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Opens when a product has been viewed often enough, is refreshed by a further view of a product of
 * which that is true, closes when the product is put into a cart or bought.
 */
final class NaiveBrowseAbandonment extends NaiveKind {
  NaiveBrowseAbandonment(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.BROWSE_ABANDONMENT, rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    NaiveEpisode own = own(CUSTOMER_SCOPE);
    Purchase paid = payment(event);
    if (event.payload() instanceof Browse browse
        && NaiveEvents.isView(browse)
        && browse.productId() != null) {
      if (!customer.history().views().contains(event)
          || !qualifies(browse.productId(), event.eventTime())) {
        return;
      }
      if (own != null) {
        own.refresh(event);
      } else {
        openByEvent(CUSTOMER_SCOPE, event);
      }
    } else if (own != null) {
      boolean taken =
          event.payload() instanceof CartChange change
              ? puts(change, product(own))
              : paid != null && names(paid.lines(), product(own));
      own.live = !taken;
    }
  }

  private static boolean puts(CartChange change, String productId) {
    boolean puts = change.action() != CartAction.REMOVE && change.action() != CartAction.CLEAR;
    List<Line> there =
        change.lines().stream().filter(l -> l.quantity() == null || l.quantity() > 0).toList();
    return puts && names(there, productId);
  }

  private static boolean names(List<Line> lines, String productId) {
    return lines.stream().anyMatch(line -> productId.equals(line.productId()));
  }

  private boolean qualifies(String productId, Instant at) {
    List<BehaviorEvent> views = views(productId, at);
    long sessions = views.stream().map(BehaviorEvent::sessionId).distinct().count();
    return views.size() >= rule.get(BrowseAbandonment.VIEWS)
        && sessions >= rule.get(BrowseAbandonment.SESSIONS)
        && !customer
            .history()
            .boughtWithin(productId, rule.get(BrowseAbandonment.BOUGHT_WITHIN), at);
  }

  private List<BehaviorEvent> views(String productId, Instant at) {
    Duration within = rule.get(BrowseAbandonment.WITHIN);
    return customer.history().views().stream()
        .filter(e -> productId.equals(((Browse) e.payload()).productId()))
        .filter(e -> e.eventTime().isAfter(at.minus(within)) && !e.eventTime().isAfter(at))
        .toList();
  }

  private static String product(NaiveEpisode episode) {
    return ((Browse) episode.refresher.payload()).productId();
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    String product = product(episode);
    int views = views(product, episode.refreshedAt).size();
    String app = episode.refresher.appId();
    return evidence(episode, now, app, null, null, null, product, views, null, null);
  }
}
