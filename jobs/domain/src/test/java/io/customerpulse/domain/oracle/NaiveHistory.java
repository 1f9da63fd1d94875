package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Message;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.settings.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What follows from the events of one customer up to some moment, each question answered by going
 * through all of them again.
 */
final class NaiveHistory {
  private static final Duration CART_LINE_LIFE = Duration.ofDays(90);
  private static final int VIEWS_COMPARED = 50;
  private static final int IDENTIFIERS = 50;
  private static final int ATTRIBUTES = 50;
  private static final int CARTS = 20;
  private static final int REFUNDS_OF_AN_ORDER = 20;
  private static final int REFUNDS_WAITING = 50;
  private static final Duration HALF_LIFE = Duration.ofDays(30);

  /** A paid order as its events have left it. */
  record PaidOrder(String key, Instant at, long amountMinor, long netMinor, boolean counts) {}

  private record Waiting(List<BehaviorEvent> held, List<BehaviorEvent> givenUp) {}

  private final List<BehaviorEvent> events;
  private final Settings settings;
  private final ZoneId zone;

  /** By order, for they are asked for again and again. */
  private final Map<String, List<BehaviorEvent>> purchases;

  private final List<PaidOrder> paidOrders;
  private Waiting waiting;
  private List<Duration> limits;
  private List<BehaviorEvent> views;

  /**
   * @param events in the order in which they apply
   */
  NaiveHistory(List<BehaviorEvent> events, Settings settings, ZoneId zone) {
    this.events = events;
    this.settings = settings;
    this.zone = zone;
    this.purchases =
        events.stream()
            .filter(event -> event.payload() instanceof Purchase)
            .collect(Collectors.groupingBy(this::orderKey, TreeMap::new, Collectors.toList()));
    this.paidOrders = findPaidOrders();
  }

  List<BehaviorEvent> events() {
    return events;
  }

  NaiveHistory with(BehaviorEvent event) {
    List<BehaviorEvent> grown = new ArrayList<>(events);
    grown.add(event);
    return new NaiveHistory(grown, settings, zone);
  }

  // ---- orders

  /** What says which order of the customer a purchase or refund is about. */
  String orderKey(BehaviorEvent event) {
    String id =
        event.payload() instanceof Refund refund
            ? refund.orderId()
            : ((Purchase) event.payload()).orderId();
    String app = event.appId();
    return settings.orders().scope() == OrderScope.APP ? app.length() + ":" + app + id : id;
  }

  List<BehaviorEvent> purchasesOf(String key) {
    return purchases.getOrDefault(key, List.of());
  }

  private static boolean pays(BehaviorEvent event) {
    return event.payload() instanceof Purchase purchase && NaiveEvents.pays(purchase);
  }

  /** Whether the last of the events is what made its order a paid one. */
  boolean lastPaysFirst() {
    BehaviorEvent last = events.get(events.size() - 1);
    return pays(last)
        && purchasesOf(orderKey(last)).stream().filter(NaiveHistory::pays).count() == 1;
  }

  /** What made each order a paid one: a payment, or a completion that stands in for one. */
  private List<BehaviorEvent> firstPayments() {
    Set<String> paid = new HashSet<>();
    return events.stream().filter(event -> pays(event) && paid.add(orderKey(event))).toList();
  }

  /** Whether an order with a product was paid in (now − length, now]. */
  boolean boughtWithin(String productId, Duration length, Instant now) {
    return firstPayments().stream()
        .filter(event -> event.eventTime().isAfter(now.minus(length)))
        .flatMap(event -> ((Purchase) event.payload()).lines().stream())
        .anyMatch(line -> productId.equals(line.productId()));
  }

  private List<PaidOrder> findPaidOrders() {
    List<PaidOrder> paid = new ArrayList<>();
    for (String key : purchases.keySet()) {
      BehaviorEvent payment = first(key, OrderStatus.PAID);
      payment = payment == null ? first(key, OrderStatus.COMPLETED) : payment;
      if (payment != null) {
        paid.add(paidOrder(key, payment));
      }
    }
    return paid;
  }

  private BehaviorEvent first(String key, OrderStatus status) {
    for (BehaviorEvent event : purchasesOf(key)) {
      if (((Purchase) event.payload()).status() == status) {
        return event;
      }
    }
    return null;
  }

  private PaidOrder paidOrder(String key, BehaviorEvent payment) {
    long amount = ((Purchase) payment.payload()).amountMinor();
    long refunded = 0;
    boolean full = false;
    for (Refund refund : refunds(key)) {
      refunded += refund.amountMinor();
      full |= refund.full();
    }
    boolean counts = !isClosed(key) && !full && !(amount > 0 && refunded >= amount);
    long net = counts ? Math.max(0, amount - refunded) : 0;
    return new PaidOrder(key, payment.eventTime(), amount, net, counts);
  }

  /** Whether all its payments and completions were followed by a closing, at once or later. */
  private boolean isClosed(String key) {
    boolean closed = false;
    Instant closedAt = Instant.MIN;
    for (BehaviorEvent event : purchasesOf(key)) {
      if (((Purchase) event.payload()).status() == OrderStatus.CLOSED) {
        closed = true;
        closedAt = event.eventTime();
      } else if (pays(event) && event.eventTime().isAfter(closedAt)) {
        closed = false;
      }
    }
    return closed;
  }

  /** Each refund of an order once. */
  private List<Refund> refunds(String key) {
    Map<String, Refund> byId = new TreeMap<>();
    for (BehaviorEvent event : events) {
      if (event.payload() instanceof Refund refund
          && orderKey(event).equals(key)
          && !waiting().givenUp().contains(event)) {
        if (byId.size() < REFUNDS_OF_AN_ORDER) {
          byId.putIfAbsent(refund.refundId(), refund);
        }
      }
    }
    return List.copyOf(byId.values());
  }

  /** Refunds whose orders aren't known, each once; of more than 50 the oldest are given up. */
  private Waiting waiting() {
    if (waiting == null) {
      List<BehaviorEvent> held = new ArrayList<>();
      List<BehaviorEvent> givenUp = new ArrayList<>();
      Set<String> known = new HashSet<>();
      for (BehaviorEvent event : events) {
        if (event.payload() instanceof Purchase) {
          known.add(orderKey(event));
          held.removeIf(refund -> orderKey(refund).equals(orderKey(event)));
        } else if (event.payload() instanceof Refund
            && !known.contains(orderKey(event))
            && held.stream().noneMatch(other -> isSameRefund(other, event))) {
          held.add(event);
          if (held.size() > REFUNDS_WAITING) {
            givenUp.add(held.remove(0));
          }
        }
      }
      waiting = new Waiting(held, givenUp);
    }
    return waiting;
  }

  private boolean isSameRefund(BehaviorEvent one, BehaviorEvent other) {
    return orderKey(one).equals(orderKey(other))
        && ((Refund) one.payload()).refundId().equals(((Refund) other.payload()).refundId());
  }

  long unmatchedRefundsMinor() {
    return Stream.of(waiting().held(), waiting().givenUp())
        .flatMap(List::stream)
        .mapToLong(event -> ((Refund) event.payload()).amountMinor())
        .sum();
  }

  List<PaidOrder> counting() {
    return paidOrders.stream().filter(PaidOrder::counts).toList();
  }

  List<PaidOrder> countingInWindow(Instant now) {
    return counting().stream()
        .filter(
            o -> ChronoUnit.DAYS.between(day(o.at()), day(now)) < settings.rfm().window().toDays())
        .toList();
  }

  /** Null without a counting order. */
  Instant lastOrderAt() {
    return counting().stream().map(PaidOrder::at).max(Instant::compareTo).orElse(null);
  }

  LocalDate day(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  // ---- stage

  Stage stageAt(Instant now) {
    if (counting().isEmpty()) {
      return Stage.PROSPECT;
    }
    Duration silence = Duration.between(lastOrderAt(), now);
    List<Duration> limits = limits();
    if (silence.compareTo(limits.get(2)) >= 0) {
      return Stage.LOST;
    }
    if (silence.compareTo(limits.get(1)) >= 0) {
      return Stage.DORMANT;
    }
    if (silence.compareTo(limits.get(0)) >= 0) {
      return Stage.AT_RISK;
    }
    if (countingInWindow(now).size() >= settings.lifecycle().loyalOrders()) {
      return Stage.LOYAL;
    }
    return counting().size() >= 2 ? Stage.REPEAT : Stage.NEW;
  }

  /** The lengths of silence since the last counting order, of which there is one. */
  private List<Duration> limits() {
    if (limits == null) {
      limits =
          switch (settings.lifecycle().policy()) {
            case FIXED -> settings.lifecycle().silence();
            case CADENCE -> cadenceLimits();
            case PROBABILITY -> List.of(probable(0), probable(1), probable(2));
          };
    }
    return limits;
  }

  /** The first counting order of each day. */
  private List<Instant> orderDays() {
    Map<LocalDate, Instant> first = new TreeMap<>();
    for (PaidOrder order : counting()) {
      first.merge(day(order.at()), order.at(), (a, b) -> a.isBefore(b) ? a : b);
    }
    return List.copyOf(first.values());
  }

  private List<Duration> cadenceLimits() {
    Settings.Cadence cadence = settings.lifecycle().cadence();
    List<Instant> days = orderDays();
    if (days.size() < 3) {
      return settings.lifecycle().silence();
    }
    List<BigDecimal> gaps = new ArrayList<>();
    for (int i = days.size() - 1; i > 0 && gaps.size() < cadence.gaps(); i--) {
      gaps.add(BigDecimal.valueOf(Duration.between(days.get(i - 1), days.get(i)).toMillis()));
    }
    gaps.sort(null);
    BigDecimal median = gaps.get(gaps.size() / 2);
    if (gaps.size() % 2 == 0) {
      median = median.add(gaps.get(gaps.size() / 2 - 1)).divide(BigDecimal.valueOf(2));
    }
    BigDecimal bounded =
        median
            .max(BigDecimal.valueOf(cadence.least().toMillis()))
            .min(BigDecimal.valueOf(cadence.most().toMillis()));
    return cadence.factors().stream()
        .map(factor -> bounded.multiply(factor).setScale(0, RoundingMode.CEILING))
        .map(millis -> Duration.ofMillis(millis.longValueExact()))
        .toList();
  }

  /** The shortest silence at which the probability of being alive is down, found by bisection. */
  private Duration probable(int place) {
    double threshold = settings.lifecycle().probability().get(place);
    long low = Duration.ofDays(1).toMillis() - 1;
    long high = settings.lifecycle().probabilityLatest().get(place).toMillis();
    while (high - low > 1) {
      long middle = (low + high) / 2;
      // Where the moment lies exactly on a millisecond, a last digit must not decide. A moment some
      // millionths after one is taken for it, too (seed 221222): doubles can't tell them apart.
      if (forecast(lastOrderAt().plusMillis(middle)).probabilityAlive()
          <= threshold * (1 + 1e-14)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Duration.ofMillis(high);
  }

  /** With at least one counting order. */
  NaiveForecast forecast(Instant now) {
    var model = settings.lifecycle().model();
    List<Instant> days = orderDays();
    Instant first = days.get(0);
    Instant last = days.get(days.size() - 1);
    return new NaiveForecast(
        model.r(),
        model.alpha(),
        model.a(),
        model.b(),
        days.size() - 1L,
        NaiveForecast.units(Duration.between(first, last), model.unit()),
        NaiveForecast.units(Duration.between(first, now), model.unit()));
  }

  /** Every moment at which time alone may change the stage. */
  Set<Instant> stageMoments() {
    Set<Instant> moments = new TreeSet<>();
    Instant last = lastOrderAt();
    if (last != null) {
      limits().forEach(limit -> moments.add(last.plus(limit)));
    }
    for (PaidOrder order : paidOrders) {
      LocalDate out = day(order.at()).plusDays(settings.rfm().window().toDays());
      moments.add(out.atStartOfDay(zone).toInstant());
    }
    return moments;
  }

  // ---- carts

  List<Line> cart(NaiveCartName name, Instant now) {
    NaiveCart cart = carts(now).get(name);
    return cart == null ? List.of() : cart.lines();
  }

  Map<NaiveCartName, NaiveCart> carts(Instant now) {
    Map<NaiveCartName, NaiveCart> carts = new HashMap<>();
    Map<NaiveCartName, Instant> changedAt = new HashMap<>();
    Set<BehaviorEvent> firstPayments = new HashSet<>(firstPayments());
    for (BehaviorEvent event : events) {
      Instant at = event.eventTime();
      carts.values().forEach(cart -> cart.forget(at.minus(CART_LINE_LIFE)));
      if (event.payload() instanceof CartChange change) {
        NaiveCartName name = NaiveCartName.of(event.appId(), change.cartId());
        NaiveCart cart = carts.computeIfAbsent(name, absent -> new NaiveCart());
        List<Line> was = cart.lines();
        cart.apply(change, at);
        if (!was.equals(cart.lines())) {
          changedAt.put(name, at);
        }
        leave(carts, changedAt);
      } else if (event.payload() instanceof Purchase purchase
          && (firstPayments.contains(event) || purchase.status() == OrderStatus.PAID)) {
        for (Line line : purchase.lines()) {
          carts.values().forEach(cart -> cart.takeOut(line.skuId()));
        }
      }
    }
    carts.values().forEach(cart -> cart.forget(now.minus(CART_LINE_LIFE)));
    return carts;
  }

  /** Of too many carts the one that was changed least recently. */
  private static void leave(
      Map<NaiveCartName, NaiveCart> carts, Map<NaiveCartName, Instant> changedAt) {
    carts.values().removeIf(cart -> cart.lines().isEmpty());
    if (carts.size() > CARTS) {
      carts.remove(carts.keySet().stream().min(Comparator.comparing(changedAt::get)).orElseThrow());
    }
  }

  static long valueMinor(Iterable<Line> lines) {
    long sum = 0;
    for (Line line : lines) {
      sum += line.unitPriceMinor() == null ? 0 : line.unitPriceMinor() * line.quantity();
    }
    return sum;
  }

  // ---- views

  /** Those that count: of a product, or of a category alone, and not one of them once more. */
  List<BehaviorEvent> views() {
    if (views == null) {
      views = new ArrayList<>();
      for (BehaviorEvent event : events) {
        if (event.payload() instanceof Browse browse
            && NaiveEvents.isView(browse)
            && !seen(browse).equals("")
            && views.stream()
                .skip(Math.max(0, views.size() - VIEWS_COMPARED))
                .noneMatch(view -> isOneLook(view, event))) {
          views.add(event);
        }
      }
    }
    return views;
  }

  private static boolean isOneLook(BehaviorEvent counted, BehaviorEvent again) {
    Browse first = (Browse) counted.payload();
    Browse second = (Browse) again.payload();
    long millis = Duration.between(counted.eventTime(), again.eventTime()).toMillis();
    boolean oneVisit = first.visitId() != null && first.visitId().equals(second.visitId());
    return seen(first).equals(seen(second)) && millis < (oneVisit ? 86_400_000 : 1000);
  }

  private static String seen(Browse browse) {
    if (browse.productId() == null) {
      return browse.categoryId() == null ? "" : "category " + browse.categoryId();
    }
    return "product " + browse.productId();
  }

  // ---- the rest of the profile

  /** The last click, browse, cart or purchase; null without one. */
  Instant lastActivityAt() {
    return events.stream()
        .filter(NaiveEvents::isActivity)
        .map(BehaviorEvent::eventTime)
        .max(Instant::compareTo)
        .orElse(null);
  }

  /** The first 50, in the order in which they came, of one event the strongest first. */
  KnownIdentifiers identifiers() {
    Set<Identifier> known = new LinkedHashSet<>();
    for (BehaviorEvent event : events) {
      Identifiers carried = event.identifiers();
      know(known, IdentifierKind.USER_ID, "", carried.userId());
      know(known, IdentifierKind.UNIONID, "", carried.unionid());
      know(known, IdentifierKind.PHONE_HASH, "", carried.phoneHash());
      know(known, IdentifierKind.OPENID, event.appId(), carried.openid());
      know(known, IdentifierKind.ANONYMOUS_ID, "", carried.anonymousId());
    }
    return new KnownIdentifiers(List.copyOf(known));
  }

  private static void know(Set<Identifier> known, IdentifierKind kind, String scope, String value) {
    if (value != null && known.size() < IDENTIFIERS) {
      known.add(new Identifier(kind, scope, value));
    }
  }

  /** The last value told of a fact; null if none was. */
  <T> T told(Function<Profile, T> fact) {
    T value = null;
    for (BehaviorEvent event : events) {
      if (event.payload() instanceof Profile profile && fact.apply(profile) != null) {
        value = fact.apply(profile);
      }
    }
    return value;
  }

  /** Of more than 50 those that were told of first. */
  Map<String, Object> attributes() {
    Map<String, Object> values = new TreeMap<>();
    for (BehaviorEvent event : events) {
      if (event.payload() instanceof Profile profile) {
        for (Map.Entry<String, Object> told : profile.attributes().entrySet()) {
          if (values.containsKey(told.getKey()) || values.size() < ATTRIBUTES) {
            values.put(told.getKey(), told.getValue());
          }
        }
      }
    }
    return values;
  }

  /**
   * What is told of a message: how far it came, and where it came nowhere, what was said last; null
   * where nothing was.
   */
  MessageStatus messageStatus(String triggerId) {
    MessageStatus status = null;
    for (BehaviorEvent event : events) {
      if (event.payload() instanceof Message message
          && message.triggerId().equals(triggerId)
          && steps(message.status()) >= steps(status)) {
        status = message.status();
      }
    }
    return status;
  }

  private static int steps(MessageStatus status) {
    return status == null || status == MessageStatus.FAILED
        ? 0
        : List.of(
                MessageStatus.SENT,
                MessageStatus.DELIVERED,
                MessageStatus.OPENED,
                MessageStatus.CLICKED)
            .indexOf(status);
  }

  /** Category → weight. */
  Map<String, Double> interests(Instant now) {
    Map<String, Double> weights = new TreeMap<>();
    Set<String> paid = new HashSet<>();
    for (BehaviorEvent event : events) {
      Set<String> categories = new TreeSet<>();
      int weight = 0;
      if (event.payload() instanceof Browse browse && views().contains(event)) {
        weight = 1;
        if (browse.categoryId() != null) {
          categories.add(browse.categoryId());
        }
      } else if (event.payload() instanceof CartChange change
          && change.action() == CartAction.ADD) {
        weight = 3;
        change.lines().forEach(line -> addCategory(categories, line));
      } else if (event.payload() instanceof Purchase purchase
          && NaiveEvents.pays(purchase)
          && paid.add(orderKey(event))) {
        weight = 5;
        purchase.lines().forEach(line -> addCategory(categories, line));
      }
      double lives =
          (double) Duration.between(event.eventTime(), now).toMillis() / HALF_LIFE.toMillis();
      for (String category : categories) {
        weights.merge(category, weight * Math.pow(2, -lives), Double::sum);
      }
    }
    return weights;
  }

  private static void addCategory(Set<String> categories, Line line) {
    if (line.categoryId() != null) {
      categories.add(line.categoryId());
    }
  }
}
