package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.CustomerState.Counted;
import io.customerpulse.domain.customer.CustomerState.Published;
import io.customerpulse.domain.customer.Output.Note;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.Episodes;
import io.customerpulse.domain.episode.RulesOfRun;
import io.customerpulse.domain.episode.StageMove;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.episode.Views;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.forecast.Outlook;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Strength;
import io.customerpulse.domain.lifecycle.Course;
import io.customerpulse.domain.lifecycle.Lifecycle;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderState;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.profile.Facts;
import io.customerpulse.domain.profile.Facts.Told;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.rfm.Rfm;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.Segments;
import io.customerpulse.domain.rfm.Standing;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.TriggerReason;
import io.customerpulse.domain.view.RecentViews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One decision in the making. Its parts are the immutable values of the state, replaced as events
 * and time change them; so what is still the same object at the end hasn't changed.
 */
final class Settlement implements Subject {
  /** How long an erasure keeps late events of the erased person out. */
  static final Duration ERASURE_LIFE = Duration.ofDays(30);

  /** A profile is published at most once in this time, its last value always. */
  static final Duration PUBLISH_EVERY = Duration.ofSeconds(10);

  /** A profile of which only the last sight is new waits so long. */
  static final Duration PUBLISH_SIGHT_EVERY = Duration.ofHours(1);

  private final CustomerState before;
  private final Context context;
  private final CustomerKey key;
  private final Settings.Tenant tenant;
  private final Lifecycle lifecycle;
  private final Segments segments;
  private final RulesOfRun run;
  private final Outbox outbox;

  private KnownIdentifiers identifiers;
  private Instant firstSeenAt;
  private Instant lastSeenAt;
  private Instant lastActivityAt;
  private OrderBook orders;

  /** Of the orders; null until somebody asks, and after they have changed. */
  private Course course;

  private Carts carts;
  private Interests interests;
  private Facts facts;
  private Stage stage;
  private Instant stageSince;
  private boolean stageBySilence;
  private Episodes episodes;
  private List<RecentPurchase> recentPurchases;
  private RateWindow rate;
  private Counted counted;
  private Published published;
  private Instant erasedAt;
  private Instant settledAt;
  private List<BehaviorEvent> tail;
  private RecentViews recentViews;

  /** Whether this decision has used cuts that should have been replaced. */
  private boolean scoredOutdated;

  Settlement(CustomerState state, Context context) {
    this.before = state;
    this.context = context;
    key = state.key();
    Settings settings = context.settings();
    tenant = settings.tenant(key.tenantId());
    lifecycle = Lifecycle.of(settings, tenant.zone());
    segments = new Segments(settings.rfm().high(), settings.rfm().segmentNames());
    run =
        new RulesOfRun(
            context.rules().of(key.tenantId()),
            settings.triggers(),
            tenant.zone(),
            context.wallTime());
    outbox = new Outbox(key);
    load(state);
  }

  private void load(CustomerState state) {
    identifiers = state.identifiers();
    firstSeenAt = state.firstSeenAt();
    lastSeenAt = state.lastSeenAt();
    lastActivityAt = state.lastActivityAt();
    orders = state.orders();
    course = null;
    carts = state.carts();
    interests = state.interests();
    facts = state.facts();
    stage = state.stage();
    stageSince = state.stageSince();
    stageBySilence = state.stageBySilence();
    episodes = new Episodes(state.episodes(), run, this, outbox);
    recentPurchases = state.recentPurchases();
    rate = state.rate();
    counted = state.counted();
    published = state.published();
    erasedAt = state.erasedAt();
    settledAt = state.settledAt();
    tail = state.tail();
    recentViews = state.recentViews();
    outbox.identifiers(identifiers);
  }

  /** Puts an event where it will be applied in its turn. */
  void await(BehaviorEvent event) {
    List<BehaviorEvent> next = new ArrayList<>(tail.size() + 1);
    next.addAll(tail);
    int place = next.size();
    while (place > 0 && BehaviorEvent.APPLICATION_ORDER.compare(next.get(place - 1), event) > 0) {
      place--;
    }
    next.add(place, event);
    tail = next;
    if (tail.size() > CustomerState.TAIL_LIMIT) {
      outbox.note(Note.TAIL_OVER_LIMIT, 1);
      settleThrough(tail.get(0).eventTime());
    }
  }

  /** Applies the events of the tail and the wakes up to an instant, each at its time. */
  void settleThrough(Instant limit) {
    while (true) {
      Instant eventAt = tail.isEmpty() ? null : tail.get(0).eventTime();
      Instant wakeAt = isOutdatedBefore(limit) ? earlier(nextWake(), limit) : nextWake();
      if (wakeAt != null
          && !wakeAt.isAfter(limit)
          && (eventAt == null || wakeAt.isBefore(eventAt))) {
        wake(wakeAt);
      } else if (eventAt != null && !eventAt.isAfter(limit)) {
        BehaviorEvent event = tail.get(0);
        tail = tail.subList(1, tail.size());
        apply(event, eventAt, false);
      } else {
        return;
      }
    }
  }

  /** Applies an event that the watermark has passed, as of the watermark. */
  void applyLate(BehaviorEvent event) {
    outbox.note(Note.LATE_EVENT, 1);
    apply(event, context.watermark(), true);
  }

  Decision decision() {
    if (stage == null && tail.isEmpty() && erasedAt == null) {
      return new Decision(Optional.empty(), outbox.outputs(), Optional.empty());
    }
    CustomerState next =
        new CustomerState(
            key,
            before.holdoutKey(),
            identifiers,
            firstSeenAt,
            lastSeenAt,
            lastActivityAt,
            orders,
            carts,
            interests,
            facts,
            stage,
            stageSince,
            stageBySilence,
            stage == null ? EpisodeBook.EMPTY : episodes.toBook(before.episodes()),
            recentPurchases,
            rate,
            counted,
            published,
            erasedAt,
            settledAt,
            List.copyOf(tail),
            recentViews);
    Instant wakeAt = nextWake();
    if (!tail.isEmpty()) {
      wakeAt = earlier(wakeAt, tail.get(0).eventTime());
    }
    return new Decision(Optional.of(next), outbox.outputs(), Optional.ofNullable(wakeAt));
  }

  // --- time ---

  /** When time alone has something to decide next, never before what is settled; null if never. */
  private Instant nextWake() {
    Instant next = erasedAt == null ? null : erasedAt.plus(ERASURE_LIFE);
    if (stage != null) {
      next = earlier(next, course().nextChangeAfter(settledAt));
      next = earlier(next, counted.until());
      next = earlier(next, episodes.nextAt(settledAt));
      next = earlier(next, publishAt());
    }
    return next != null && settledAt != null && next.isBefore(settledAt) ? settledAt : next;
  }

  private Course course() {
    if (course == null) {
      course = lifecycle.courseOf(orders);
    }
    return course;
  }

  /**
   * Whether other settings than those of the last decision put the customer in another stage by
   * now: no moment lies ahead at which that would be noticed.
   */
  private boolean isOutdatedBefore(Instant limit) {
    return stage != null && settledAt.isBefore(limit) && course().stageAt(settledAt) != stage;
  }

  private void wake(Instant now) {
    settledAt = now;
    if (erasedAt != null && !now.isBefore(erasedAt.plus(ERASURE_LIFE))) {
      erasedAt = null;
    }
    if (stage == null) {
      return;
    }
    restageByTime(now);
    if (hasLeftWindow(now)) {
      recount(now);
      markOutdated();
    }
    episodes.onTime(now);
    publishIfDue(now);
  }

  private void restageByTime(Instant now) {
    Stage next = stage == null ? null : course().stageAt(now);
    if (next != stage) {
      enter(next, now, Lifecycle.reasonOfTime(next), null);
    }
  }

  // --- events ---

  private void apply(BehaviorEvent event, Instant now, boolean late) {
    settledAt = now;
    if (erasedAt != null && !event.eventTime().isAfter(erasedAt)) {
      restageByTime(now);
      outbox.add(
          new Output.EventRejected(
              event, DeadLetterCode.ERASED, "the person was erased at " + erasedAt));
      return;
    }
    if (event.payload() instanceof Payload.Erase) {
      outbox.add(new Output.EventAccepted(event));
      erase(event, now);
      return;
    }
    if (!rate.hasRoomAt(event.eventTime())) {
      restageByTime(now);
      outbox.add(
          new Output.EventRejected(
              event,
              DeadLetterCode.RATE_LIMITED,
              "more than " + RateWindow.LIMIT + " events of one customer in a minute"));
      return;
    }
    rate = rate.with(event.eventTime());
    outbox.add(new Output.EventAccepted(event));
    boolean first = stage == null;
    see(event, now, late);
    change(event, now, first, late);
    if (digits(scoresAt(now)) != published.scores()) {
      markOutdated();
    }
    publishIfDue(now);
  }

  private void see(BehaviorEvent event, Instant now, boolean late) {
    Instant at = event.eventTime();
    firstSeenAt = earlier(firstSeenAt, at);
    lastSeenAt = later(lastSeenAt, at);
    if (event.type().isActivity()) {
      lastActivityAt = later(lastActivityAt, at);
    }
    identify(event);
    if (stage == null) {
      enter(Stage.PROSPECT, now, late ? TransitionReason.LATE : TransitionReason.FIRST_SEEN, event);
    }
  }

  private void identify(BehaviorEvent event) {
    if (identifiers.containAll(event.identifiers(), event.appId())) {
      return;
    }
    var carried = event.identifiers().strongestFirst(event.appId());
    KnownIdentifiers known = identifiers.with(carried);
    if (known != identifiers) {
      identifiers = known;
      outbox.identifiers(known);
      markOutdated();
    }
    if (!known.all().containsAll(carried)) {
      outbox.note(Note.IDENTIFIERS_OVER_LIMIT, 1);
    }
  }

  private void change(BehaviorEvent event, Instant now, boolean first, boolean late) {
    OrderBook ordersBefore = orders;
    Course courseBefore = course();
    Carts cartsBefore = carts;
    List<Carts.Change> cartChanges = List.of();
    OrderBook.Change order = null;
    RecentPurchase payment = null;
    boolean viewed = false;
    Payload payload = event.payload();
    if (payload instanceof Payload.Profile profile) {
      tell(profile, event.eventTime());
    } else if (payload instanceof Payload.Browse browse) {
      viewed = view(browse, event.eventTime());
    } else if (payload instanceof Payload.CartChange cart) {
      cartChanges = changeCart(event, cart, late);
    } else if (payload instanceof Payload.Purchase purchase) {
      String orderKey = orderKey(event, purchase.orderId());
      order = apply(orders.with(orderKey, purchase, event.eventTime(), tenant.zone()));
      if (order.pays() || purchase.status() == Payload.OrderStatus.PAID) {
        payment = pay(purchase, event.eventTime(), !order.pays());
        cartChanges = takeOutOfCarts(payment);
      }
    } else if (payload instanceof Payload.Refund refund) {
      order = apply(orders.with(orderKey(event, refund.orderId()), refund));
    }
    restage(courseBefore, event, order, now, late);
    if (orders != ordersBefore || hasLeftWindow(now)) {
      recount(now);
    }
    episodes.onEvent(
        new CustomerChange(
            event, now, first, late, viewed, cartsBefore, cartChanges, order, payment));
  }

  private String orderKey(BehaviorEvent event, String orderId) {
    return context.settings().orders().scope().keyOf(event.appId(), orderId);
  }

  private void tell(Payload.Profile profile, Instant at) {
    Facts.Change change = facts.with(profile, at);
    outbox.note(Note.ATTRIBUTES_OVER_LIMIT, change.dropped());
    if (!change.next().saysSameAs(facts)) {
      markOutdated();
    }
    facts = change.next();
  }

  /** Whether it is a view that counts, which one that is reported again isn't. */
  private boolean view(Payload.Browse browse, Instant at) {
    if (!browse.isView() || recentViews.contain(browse, at)) {
      return false;
    }
    recentViews = recentViews.with(browse, at);
    care(categories(browse.categoryId()), Strength.VIEW, at);
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
    Carts.Change change = carts.with(cartKey, cart, at);
    take(change, changes);
    if (late) {
      // What was bought since then has left the cart already.
      for (RecentPurchase purchase : recentPurchases) {
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
    outbox.note(Note.CART_LINES_OVER_LIMIT, change.dropped());
    carts = change.carts();
    if (change.changed()) {
      changes.add(change);
      markOutdated();
    }
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
      remember(payment);
    }
    return payment;
  }

  /** Products, like their views, are remembered only where a rule asks for them. */
  private boolean productsAwaited(Instant at) {
    return !run.rules().openingFrom(at, TriggerKind.BROWSE_ABANDONMENT).isEmpty();
  }

  private static List<String> distinct(List<Line> lines, Function<Line, String> id) {
    return lines.stream().map(id).filter(Objects::nonNull).distinct().toList();
  }

  /**
   * In the order of their times, without what is too old; over the limit go repeated ones first.
   */
  private void remember(RecentPurchase payment) {
    List<RecentPurchase> next = new ArrayList<>(recentPurchases);
    int place = next.size();
    while (place > 0 && next.get(place - 1).at().isAfter(payment.at())) {
      place--;
    }
    next.add(place, payment);
    Instant from = next.get(next.size() - 1).at().minus(CustomerState.RECENT_PURCHASE_LIFE);
    next.removeIf(old -> !old.at().isAfter(from) && (old != payment || payment.repeated()));
    while (next.size() > CustomerState.RECENT_PURCHASE_LIMIT) {
      next.remove(firstRepeated(next));
    }
    recentPurchases = List.copyOf(next);
  }

  private static int firstRepeated(List<RecentPurchase> purchases) {
    int place = 0;
    while (place < purchases.size() && !purchases.get(place).repeated()) {
      place++;
    }
    return place == purchases.size() ? 0 : place;
  }

  private OrderBook.Change apply(OrderBook.Change change) {
    outbox.note(Note.ORDERS_OVER_LIMIT, change.dropped());
    outbox.note(Note.ORDER_TRACES_OVER_LIMIT, change.forgotten());
    if (change.next() != orders) {
      orders = change.next();
      course = null;
      markOutdated();
    }
    return change;
  }

  /** Moves the customer to the stage that the orders now give, and says why. */
  private void restage(
      Course courseBefore, BehaviorEvent event, OrderBook.Change order, Instant now, boolean late) {
    Stage next = course().stageAt(now);
    if (next == stage) {
      return;
    }
    boolean byTime = courseBefore.stageAt(now) == next;
    TransitionReason reason;
    if (late) {
      reason = TransitionReason.LATE;
    } else if (byTime) {
      reason = Lifecycle.reasonOfTime(next);
    } else if (event.payload() instanceof Payload.Purchase purchase
        && purchase.status().pays()
        && order.after() == OrderState.COUNTING) {
      reason = Lifecycle.reasonOfOrder(stage, next);
    } else {
      reason = TransitionReason.REFUNDED;
    }
    enter(next, now, reason, byTime ? null : event);
  }

  /**
   * Begins a stage.
   *
   * @param by the event that brought it about; null where time alone did
   */
  private void enter(Stage next, Instant at, TransitionReason reason, BehaviorEvent by) {
    outbox.add(
        new Output.StageChanged(
            new StageTransition(key.tenantId(), key.customerId(), stage, next, at, reason)));
    StageMove move = new StageMove(stage, next, at, by);
    stage = next;
    stageSince = at;
    stageBySilence = reason == TransitionReason.SILENCE;
    markOutdated();
    episodes.onStage(move);
  }

  /** Whether an order that was in the window isn't any more. */
  private boolean hasLeftWindow(Instant now) {
    return counted.until() != null && !now.isBefore(counted.until());
  }

  /** Counts the customer again, because settings may have changed since the last time. */
  void recountAt(Instant now) {
    if (stage != null) {
      recount(later(settledAt, now));
    }
  }

  /** Tells the population of the customer's place in it, if that is another one now. */
  private void recount(Instant now) {
    OrderBook.Window window = window(now);
    boolean inWindow = window.orders() > 0;
    move(
        inWindow && context.settings().rfm().scoring() == Settings.Scoring.QUINTILES
            ? Standing.of(day(orders.lastAt()).toEpochDay(), window.orders(), window.netMinor())
            : null,
        now);
    counted =
        new Counted(
            counted.standing(), inWindow ? lifecycle.leavesWindowAt(window.firstAt()) : null);
  }

  private void move(Standing to, Instant now) {
    Standing from = counted.standing();
    if (!Objects.equals(from, to)) {
      outbox.add(new Output.PopulationMoved(new PopulationMove(key.tenantId(), now, from, to)));
      counted = new Counted(to, counted.until());
    }
  }

  /** Forgets everything but that there was an erasure. */
  private void erase(BehaviorEvent event, Instant now) {
    move(null, now);
    if (stage != null) {
      episodes.cancelAll(TriggerReason.ERASED, now);
      outbox.add(
          new Output.StageChanged(
              new StageTransition(
                  key.tenantId(), key.customerId(), stage, null, now, TransitionReason.ERASED)));
      outbox.add(new Output.ProfileRemoved(key));
    }
    List<BehaviorEvent> waiting = tail;
    Instant at = later(erasedAt, event.eventTime());
    load(CustomerState.unseen(key));
    tail = waiting;
    erasedAt = at;
    settledAt = now;
  }

  // --- the profile ---

  private void markOutdated() {
    published = new Published(published.at(), published.lastSeenAt(), true, published.scores());
  }

  /** When the profile is to be published next; null where the last one still says it all. */
  private Instant publishAt() {
    if (context.asOf() != null) {
      return context.asOf().equals(published.at()) ? null : context.asOf();
    }
    if (published.outdated()) {
      return published.at() == null ? settledAt : published.at().plus(PUBLISH_EVERY);
    }
    return Objects.equals(published.lastSeenAt(), lastSeenAt)
        ? null
        : published.at().plus(PUBLISH_SIGHT_EVERY);
  }

  private void publishIfDue(Instant now) {
    Instant dueAt = publishAt();
    // The bounded run's only profile comes when everything else of its last instant is done.
    boolean finished = context.asOf() == null || tail.isEmpty();
    if (dueAt != null && !dueAt.isAfter(now) && finished) {
      Scores scores = context.asOf() == null ? scoresAt(now) : scoresAtEnd();
      outbox.add(new Output.ProfileChanged(profile(now, scores)));
      published = new Published(now, lastSeenAt, false, digits(scores));
    }
  }

  private static int digits(Scores scores) {
    return scores == null ? 0 : scores.r() * 100 + scores.f() * 10 + scores.m();
  }

  @Override
  public CustomerProfile profileAt(Instant now) {
    return profile(now, scoresAt(now));
  }

  private CustomerProfile profile(Instant now, Scores scores) {
    Carts present = carts.asOf(now);
    OrderBook.Window window = window(now);
    Settings.Lifecycle settings = context.settings().lifecycle();
    Outlook outlook = Outlook.at(now, orders, settings.model(), settings.horizon(), tenant.zone());
    return new CustomerProfile(
        key.tenantId(),
        key.customerId(),
        identifiers,
        firstSeenAt,
        lastSeenAt,
        orders.firstAt(),
        orders.lastAt(),
        orders.count(),
        orders.netMinor(),
        window.orders(),
        window.netMinor(),
        orders.unmatchedRefundsMinor(),
        tenant.currency().getCurrencyCode(),
        recencyDays(now),
        scores,
        segments.segment(scores, orders.lastAt() != null),
        segments.segmentZh(scores, orders.lastAt() != null),
        stage,
        stageSince,
        outlook.probabilityAlive(),
        outlook.expectedOrders(),
        present.valueMinor(),
        present.lineCount(),
        interests.favouriteCategory(),
        Told.valueOf(facts.birthday()),
        Told.valueOf(facts.zone()),
        Told.valueOf(facts.level()),
        Told.valueOf(facts.city()),
        Told.valueOf(facts.marketingConsent()),
        facts.attributeValues(),
        now);
  }

  @Override
  public Scores scoresAt(Instant now) {
    Rfm values = rfmAt(now);
    if (values == null) {
      return null;
    }
    if (!scoredOutdated && context.scoring().isOutdated(key.tenantId(), now)) {
      scoredOutdated = true;
      outbox.note(Note.CUTS_OUTDATED, 1);
    }
    return context.scoring().score(key.tenantId(), now, values);
  }

  /** In the one profile of a bounded run. */
  private Scores scoresAtEnd() {
    Rfm values = rfmAt(context.asOf());
    return values == null
        ? null
        : context.scoring().scoreAtEnd(key.tenantId(), context.asOf(), values);
  }

  private Rfm rfmAt(Instant now) {
    Integer recencyDays = recencyDays(now);
    if (recencyDays == null) {
      return null;
    }
    OrderBook.Window window = window(now);
    return new Rfm(recencyDays, window.orders(), window.netMinor());
  }

  private OrderBook.Window window(Instant now) {
    return orders.window(day(now), lifecycle.windowDays(), tenant.zone());
  }

  private Integer recencyDays(Instant now) {
    Instant last = orders.lastAt();
    return last == null ? null : (Integer) (int) ChronoUnit.DAYS.between(day(last), day(now));
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, tenant.zone());
  }

  // --- the customer as the episodes see it ---

  @Override
  public CustomerKey key() {
    return key;
  }

  @Override
  public String holdoutKey() {
    return before.holdoutKey();
  }

  @Override
  public Carts carts() {
    return carts;
  }

  @Override
  public List<RecentPurchase> recentPurchases() {
    return recentPurchases;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public Instant stageSince() {
    return stageSince;
  }

  @Override
  public boolean stageBySilence() {
    return stageBySilence;
  }

  @Override
  public Instant lastActivityAt() {
    return lastActivityAt;
  }

  @Override
  public Instant lastOrderAt() {
    return orders.lastAt();
  }

  @Override
  public ZoneId zone() {
    return tenant.zone();
  }

  @Override
  public Instant settledAt() {
    return settledAt;
  }

  @Override
  public Segments segments() {
    return segments;
  }

  @Override
  public boolean hasOrderInWindow(Instant now) {
    return window(now).orders() > 0;
  }

  @Override
  public MonthDay birthday() {
    String birthday = Told.valueOf(facts.birthday());
    return birthday == null
        ? null
        : MonthDay.parse("--" + birthday.substring(birthday.length() - 5));
  }

  @Override
  public Boolean marketingConsent() {
    return Told.valueOf(facts.marketingConsent());
  }

  @Override
  public Views views() {
    return episodes.views();
  }

  private static Set<String> categories(String categoryId) {
    return categoryId == null ? Set.of() : Set.of(categoryId);
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

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
