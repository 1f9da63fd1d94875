package io.customerpulse.domain.kind;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.kind.Views.View;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerCondition;
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
 * qualifying product seen last. It remembers the views, only where there are such rules.
 */
public final class BrowseAbandonment extends EpisodeKind<Views> {
  private static final int MAX_VIEWS = 20;
  private static final Duration MAX_WITHIN = Duration.ofDays(30);

  /** As long as purchases are remembered one by one. */
  private static final Duration MAX_BOUGHT_WITHIN = Duration.ofDays(10);

  private static final int DEFAULT_SESSIONS = 2;

  public static final Key<Integer> VIEWS =
      Key.integer("views", 1, MAX_VIEWS, 3, "so many views of one product");

  public static final Key<Integer> SESSIONS =
      sessions(MAX_VIEWS).described(Key.words(DEFAULT_SESSIONS), "1 to `views`");

  public static final Key<Duration> WITHIN =
      Key.duration(
          "within",
          Duration.ofSeconds(1),
          MAX_WITHIN,
          Duration.ofDays(7),
          "the window in which they lie, up to the last");

  /** Zero where it doesn't matter. */
  public static final Key<Duration> BOUGHT_WITHIN =
      Key.of(
          "bought_within",
          ValueType.duration(Duration.ZERO, MAX_BOUGHT_WITHIN).orNone(Duration.ZERO),
          Duration.ofDays(10),
          "no interest where the product was bought so shortly before",
          "up to " + Key.words(MAX_BOUGHT_WITHIN) + ", `none`");

  private static final long serialVersionUID = 1;

  public BrowseAbandonment() {
    super("browse_abandonment", 4, 30);
  }

  private static Key<Integer> sessions(int views) {
    return Key.integer(
        "sessions", 1, views, Math.min(views, DEFAULT_SESSIONS), "in so many visits");
  }

  @Override
  public String waitsFor() {
    return "a product looked at `views` times in `sessions` visits `within` a window, not bought"
        + " in the last `bought_within`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(VIEWS, SESSIONS, WITHIN, BOUGHT_WITHIN);
  }

  @Override
  protected TriggerCondition read(Section section) {
    int views = VIEWS.read(section);
    return TriggerCondition.of(this)
        .with(VIEWS, views)
        .with(SESSIONS, sessions(views).read(section))
        .with(WITHIN, WITHIN.read(section))
        .with(BOUGHT_WITHIN, BOUGHT_WITHIN.read(section));
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of(Duration.ofHours(2));
  }

  @Override
  public Duration defaultCooldown() {
    return Duration.ofDays(7);
  }

  @Override
  public boolean isRanked() {
    return true;
  }

  @Override
  public boolean asksForProductsBought() {
    return true;
  }

  @Override
  public Set<String> fieldsAlwaysSet() {
    return Set.of("event.type", "event.product_id", "episode.product_id");
  }

  @Override
  public MemoryForm<Views> memoryForm() {
    return Views.Form.INSTANCE;
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return viewedProduct(change) != null
        || change.paid() != null
        || change.event().payload() instanceof CartChange;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Views> context) {
    if (change.paid() != null) {
      exit(change, TriggerReason.PURCHASE, change.paid().productIds(), context);
    } else if (change.event().payload() instanceof CartChange cart) {
      if (cart.action().puts()) {
        exit(change, TriggerReason.CART_ADD, products(cart), context);
      }
    } else {
      view(rules, viewedProduct(change), change, context);
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
      KindContext<Views> context) {
    if (productIds.isEmpty()) {
      return;
    }
    Instant at = change.event().eventTime();
    context.exit(
        new ExitEvent(
            at,
            reason,
            (rule, episode) ->
                !episode.openedAt().isAfter(at) && productIds.contains(productOf(episode)),
            (rule, fire) ->
                !fire.openedAt().isAfter(at)
                    && fire.items().stream().anyMatch(productIds::contains)));
  }

  private static void view(
      List<Rule> rules, String productId, CustomerChange change, KindContext<Views> context) {
    if (rules.isEmpty()) {
      return;
    }
    Instant seenAt = change.event().eventTime();
    Views.Change seen =
        context
            .memory()
            .with(
                productId,
                change.event().sessionId(),
                seenAt,
                longestWindow(rules),
                awaited(rules, context));
    context.remember(seen.next());
    for (int i = 0; i < seen.dropped(); i++) {
      context.effects().viewsOverLimit();
    }
    List<View> views = seen.next().of(productId);
    // A view that is learnt late may be what made a later one the qualifying one.
    Instant lastAt = views.isEmpty() ? seenAt : views.get(views.size() - 1).at();
    for (Rule rule : rules) {
      Episode live = context.live(rule, Episode.CUSTOMER_SCOPE);
      if (!isEnough(rule, views, lastAt)
          || isTaken(rule, productId, lastAt, change, context.subject())) {
        continue;
      }
      if (live != null) {
        context.refresh(rule, Episode.CUSTOMER_SCOPE, change.event());
      } else {
        context.open(rule, Episode.CUSTOMER_SCOPE, change.event(), lastAt);
      }
    }
  }

  /** Products of live episodes, whose steps to come still tell of their views. */
  private static Map<String, Instant> awaited(List<Rule> rules, KindContext<Views> context) {
    Map<String, Instant> awaited = new HashMap<>();
    for (Rule rule : rules) {
      Episode live = context.live(rule, Episode.CUSTOMER_SCOPE);
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
      Duration within = rule.get(WITHIN);
      longest = within.compareTo(longest) > 0 ? within : longest;
    }
    return longest;
  }

  private static boolean isEnough(Rule rule, List<View> views, Instant at) {
    List<View> counting = Views.within(views, rule.get(WITHIN), at);
    return counting.size() >= rule.get(VIEWS)
        && counting.stream().mapToInt(View::session).distinct().count() >= rule.get(SESSIONS);
  }

  /** Whether the product was bought lately, or has been bought or put into a cart since. */
  private static boolean isTaken(
      Rule rule, String productId, Instant at, CustomerChange change, Subject subject) {
    Instant from = at.minus(rule.get(BOUGHT_WITHIN));
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

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Views> context, Instant now) {
    String productId = productOf(episode);
    List<View> views =
        Views.within(context.memory().of(productId), rule.get(WITHIN), episode.refreshedAt());
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .appId(episode.refreshedBy().appId())
        .product(productId, views.size())
        .build();
  }

  @Override
  public List<String> items(Rule rule, Episode episode, Subject subject) {
    return List.of(productOf(episode));
  }
}
