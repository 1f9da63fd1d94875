package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Strength;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.order.RecentPurchases;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.view.RecentViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes down what events tell of a customer, and says what it has changed. Its parts are immutable
 * values; so what is still the same object afterwards hasn't changed.
 */
final class FactCollector {
  private final TenantContext context;
  private final ProfilePublisher publisher;
  private final Effects effects;

  private KnownIdentifiers identifiers;
  private Sightings sightings;
  private OrderBook orders;
  private Carts carts;
  private Interests interests;
  private SelfReported selfReported;
  private RecentPurchases recentPurchases;
  private RecentViews recentViews;

  FactCollector(
      CustomerFacts facts, TenantContext context, ProfilePublisher publisher, Effects effects) {
    this.context = context;
    this.publisher = publisher;
    this.effects = effects;
    identifiers = facts.identifiers();
    sightings = facts.sightings();
    orders = facts.orders();
    carts = facts.carts();
    interests = facts.interests();
    selfReported = facts.selfReported();
    recentPurchases = facts.recentPurchases();
    recentViews = facts.recentViews();
  }

  CustomerFacts facts() {
    return new CustomerFacts(
        identifiers,
        sightings,
        orders,
        carts,
        interests,
        selfReported,
        recentPurchases,
        recentViews);
  }

  KnownIdentifiers identifiers() {
    return identifiers;
  }

  Sightings sightings() {
    return sightings;
  }

  OrderBook orders() {
    return orders;
  }

  Carts carts() {
    return carts;
  }

  Interests interests() {
    return interests;
  }

  SelfReported selfReported() {
    return selfReported;
  }

  RecentPurchases recentPurchases() {
    return recentPurchases;
  }

  /** Takes down what any event tells: that the customer was there, and under which identifiers. */
  void see(BehaviorEvent event) {
    sightings = sightings.with(event);
    if (identifiers.containAll(event.identifiers(), event.appId())) {
      return;
    }
    var carried = event.identifiers().strongestFirst(event.appId());
    KnownIdentifiers known = identifiers.with(carried);
    if (known != identifiers) {
      identifiers = known;
      publisher.outdate();
    }
    if (!known.all().containsAll(carried)) {
      effects.note(Note.IDENTIFIERS_OVER_LIMIT, 1);
    }
  }

  /**
   * Takes down what only events of a type tell.
   *
   * @param now the event's time, or the watermark where the event is late
   * @param first whether it is the first that is known of the customer
   */
  CustomerChange collect(BehaviorEvent event, Instant now, boolean first, boolean late) {
    Carts cartsBefore = carts;
    List<Carts.Change> cartChanges = List.of();
    OrderBook.Change order = null;
    RecentPurchase payment = null;
    boolean viewed = false;
    Payload payload = event.payload();
    if (payload instanceof Payload.Profile profile) {
      report(profile, event.eventTime());
    } else if (payload instanceof Payload.Browse browse) {
      viewed = view(browse, event.eventTime());
    } else if (payload instanceof Payload.CartChange cart) {
      cartChanges = changeCart(event, cart, late);
    } else if (payload instanceof Payload.Purchase purchase) {
      order = order(event, purchase);
      if (order.pays() || purchase.status() == Payload.OrderStatus.PAID) {
        payment = pay(purchase, event.eventTime(), !order.pays());
        cartChanges = takeOutOfCarts(payment);
      }
    } else if (payload instanceof Payload.Refund refund) {
      order = take(orders.with(orderKey(event, refund.orderId()), refund));
    }
    return new CustomerChange(
        event, now, first, late, viewed, cartsBefore, cartChanges, order, payment);
  }

  private void report(Payload.Profile profile, Instant at) {
    SelfReported.Change change = selfReported.with(profile, at);
    effects.note(Note.ATTRIBUTES_OVER_LIMIT, change.dropped());
    if (!change.next().saysSameAs(selfReported)) {
      publisher.outdate();
    }
    selfReported = change.next();
  }

  /** Whether it is a view that counts, which one that is reported again isn't. */
  private boolean view(Payload.Browse browse, Instant at) {
    if (!browse.isView() || recentViews.contain(browse, at)) {
      return false;
    }
    recentViews = recentViews.with(browse, at);
    care(browse.categoryId() == null ? Set.of() : Set.of(browse.categoryId()), Strength.VIEW, at);
    return true;
  }

  private void care(Collection<String> categoryIds, Strength strength, Instant at) {
    interests = interests.with(categoryIds, strength, at);
  }

  private List<Carts.Change> changeCart(
      BehaviorEvent event, Payload.CartChange cart, boolean late) {
    Instant at = event.eventTime();
    CartKey cartKey = CartKey.of(event.appId(), cart.cartId());
    List<Carts.Change> changes = new ArrayList<>(1);
    take(carts.with(cartKey, cart, at), changes);
    if (late) {
      // What was bought since then has left the cart already.
      for (RecentPurchase purchase : recentPurchases.all()) {
        if (!purchase.at().isBefore(at)) {
          carts.without(purchase.skuIds(), purchase.at()).forEach(taken -> take(taken, changes));
        }
      }
    }
    if (cart.action() == Payload.CartAction.ADD) {
      care(categories(cart.lines()), Strength.CART_ADD, at);
    }
    return changes;
  }

  private List<Carts.Change> takeOutOfCarts(RecentPurchase payment) {
    List<Carts.Change> changes = new ArrayList<>();
    carts.without(payment.skuIds(), payment.at()).forEach(change -> take(change, changes));
    return changes;
  }

  private void take(Carts.Change change, List<Carts.Change> changes) {
    effects.note(Note.CART_LINES_OVER_LIMIT, change.dropped());
    carts = change.carts();
    if (change.changed()) {
      changes.add(change);
      publisher.outdate();
    }
  }

  private OrderBook.Change order(BehaviorEvent event, Payload.Purchase purchase) {
    String key = orderKey(event, purchase.orderId());
    return take(orders.with(key, purchase, event.eventTime(), context.zone()));
  }

  private String orderKey(BehaviorEvent event, String orderId) {
    return context.settings().orders().scope().keyOf(event.appId(), orderId);
  }

  private OrderBook.Change take(OrderBook.Change change) {
    effects.note(Note.ORDERS_OVER_LIMIT, change.dropped());
    effects.note(Note.ORDER_TRACES_OVER_LIMIT, change.forgotten());
    if (change.next() != orders) {
      orders = change.next();
      publisher.outdate();
    }
    return change;
  }

  /**
   * What follows from a payment of an order.
   *
   * @param repeated whether the order was a paid one already
   */
  private RecentPurchase pay(Payload.Purchase purchase, Instant at, boolean repeated) {
    if (!repeated) {
      care(categories(purchase.lines()), Strength.PURCHASE, at);
    }
    RecentPurchase payment =
        new RecentPurchase(
            at,
            purchase.orderId(),
            purchase.amountMinor(),
            purchase.cartId(),
            distinct(purchase.lines(), Line::skuId),
            productsAwaited(at) ? distinct(purchase.lines(), Line::productId) : List.of(),
            repeated);
    if (!repeated || !payment.skuIds().isEmpty()) {
      recentPurchases = recentPurchases.with(payment);
    }
    return payment;
  }

  /** Products, like their views, are remembered only where a rule asks for them. */
  private boolean productsAwaited(Instant at) {
    return context.rules().rules().askForProductsBought(at);
  }

  private static List<String> distinct(List<Line> lines, Function<Line, String> id) {
    return lines.stream().map(id).filter(Objects::nonNull).distinct().toList();
  }

  private static Set<String> categories(List<Line> lines) {
    Set<String> categoryIds = new LinkedHashSet<>();
    for (Line line : lines) {
      if (line.categoryId() != null) {
        categoryIds.add(line.categoryId());
      }
    }
    return categoryIds;
  }
}
