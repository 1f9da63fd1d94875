package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Phase;
import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.kind.CartAbandonment.ExitOn;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleFilter;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Histories, rules and settings by chance, the same for the same seed. Small pools of carts, SKUs
 * and orders make them meet; many moments lie exactly, or a millisecond beside, one of the lengths
 * of time that decide something after an earlier moment.
 */
public final class RandomScenario {
  private static final List<ZoneId> ZONES =
      List.of(
          Given.SHANGHAI,
          ZoneId.of("Europe/London"),
          ZoneId.of("Asia/Kathmandu"),
          // Where clocks change at midnight, so that a day begins at one.
          ZoneId.of("Asia/Beirut"));
  private static final List<String> TENANTS = List.of(Given.TENANT, "globex", "default");
  private static final List<List<Duration>> SILENCES =
      List.of(
          days(30, 90, 365),
          days(1, 3, 10),
          days(2, 20, 40),
          List.of(hours(5), hours(30), days(4)));
  private static final List<List<BigDecimal>> FACTORS =
      List.of(
          List.of(new BigDecimal("1.5"), BigDecimal.valueOf(2), BigDecimal.valueOf(4)),
          List.of(new BigDecimal("0.7"), new BigDecimal("1.1"), new BigDecimal("1.333")));
  private static final List<List<Duration>> STEPS =
      List.of(
          List.of(hours(1), hours(24), hours(72)),
          List.of(Duration.ofMinutes(15)),
          List.of(Duration.ZERO, days(5)),
          List.of(Duration.ZERO, hours(1), hours(2)),
          List.of(hours(6), hours(8)),
          List.of(hours(3)));
  private static final List<QuietHours> QUIET =
      List.of(
          Rule.DEFAULT_QUIET_HOURS,
          new QuietHours(LocalTime.of(23, 0), LocalTime.of(1, 30)),
          new QuietHours(LocalTime.of(0, 30), LocalTime.of(2, 0)),
          new QuietHours(LocalTime.of(13, 0), LocalTime.of(15, 0)),
          new QuietHours(LocalTime.of(12, 0), LocalTime.of(12, 0)),
          new QuietHours(LocalTime.of(7, 0), LocalTime.of(5, 0)));

  /** What decides something so long after something else. */
  private static final List<Duration> TELLING =
      List.of(
          hours(1), hours(2), hours(24), hours(72), hours(12), days(7), days(10), days(14),
          days(90), days(365));

  /** How long after a look a framework reports it again, and what decides whether it counts. */
  private static final List<Duration> SOON =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(180),
          Duration.ofMillis(999),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          hours(24).minusMillis(1),
          hours(24));

  /** On one day, whatever its length. */
  private static final List<List<Duration>> STEPS_OF_A_DAY =
      List.of(List.of(Duration.ZERO), List.of(Duration.ZERO, hours(5)), List.of(hours(12)));

  private static final List<String> SEGMENTS =
      List.of(
          "prospect",
          "new",
          "potential_loyalist",
          "champions",
          "promising",
          "loyal",
          "about_to_sleep",
          "need_attention",
          "hibernating",
          "at_risk");
  private static final List<String> SEGMENTS_ZH =
      List.of("潜在客户", "一般发展", "一般价值", "重要价值", "一般挽留", "重要挽留");

  /** Each looks at something else; most fail where what they look at is unset. */
  private static final List<RuleFilter> FILTERS =
      Stream.of(
              "cart.value_minor > 1000",
              "cart.value_minor % 200 == 0 && cart.lines < 3",
              "cart.cart_id == 'c1' || cart.app_id == 'wx2'",
              "customer.orders > 0 && customer.net_spend_minor / customer.orders >= 3000",
              "customer.orders_in_window < 3 && customer.net_spend_in_window_minor < 70000",
              "customer.recency_days < 20",
              "!has(customer.r_score) || customer.r_score + customer.f_score > 5",
              "customer.m_score > 2",
              "customer.segment != 'hibernating' && customer.segment_zh != '一般挽留'",
              "customer.stage in ['NEW', 'REPEAT', 'PROSPECT', 'AT_RISK']",
              "customer.probability_alive < 0.37",
              "!has(customer.expected_orders_90d) || customer.expected_orders_90d > 1.7",
              "has(customer.level) && customer.level == 'gold' || customer.city == 'Leeds'",
              "customer.marketing_consent",
              "customer.birthday.endsWith('1')",
              "'size' in customer.attributes ? customer.attributes.size > 0 : true",
              "customer.favourite_category != 'C1'",
              "customer.cart_lines > 0 && customer.cart_value_minor < 5000",
              "episode.step == 1 || episode.kind.startsWith('c')",
              "episode.rule_id.contains('1')",
              "episode.views > 2",
              "episode.days_silent % 2 == 0",
              "has(episode.product_id) && episode.product_id == event.product_id",
              "episode.order_id == event.order_id && event.amount_minor > 500",
              "event.app_id == 'wx1' && event.type in ['cart', 'purchase', 'browse']",
              "event.platform == 'wechat' && !has(event.scene)",
              "event.name == 'feedback' && event.attributes.stars > 2",
              "event.attributes.size == 1")
          .map(RandomScenario::filter)
          .toList();

  private static RuleFilter filter(String source) {
    String rule =
        "{\"id\":\"any\",\"kind\":\"post_purchase\",\"steps\":[\"0s\"],\"filter\":\""
            + source
            + "\"}";
    return RuleReader.read("rule.json", rule).all().get(0).filter();
  }

  /** Of kinds that need not be there when what they ask for happens. */
  private static final List<TriggerKind> FRESH =
      List.of(
          Kinds.UNPAID_ORDER,
          Kinds.CART_ABANDONMENT,
          Kinds.REACTIVATION,
          Kinds.STAGE_ENTERED,
          Kinds.POST_PURCHASE,
          Kinds.BIRTHDAY);

  /** By order. */
  private static final List<Long> AMOUNTS =
      List.of(0L, 3000L, 3000L, 3001L, 12_000L, 60_000L, 999L, 1L, 500L);

  private final Random random;
  private final CustomerKey customer;
  private final boolean bursts;
  private final OrderScope scope;
  private final Settings settings;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private final List<Duration> lengths = new ArrayList<>(TELLING);

  private RandomScenario(long seed, boolean bursts) {
    this.bursts = bursts;
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    customer = Given.CUSTOMER;
    scope = seed % 2 == 0 ? OrderScope.TENANT : OrderScope.APP;
    settings = randomSettings();
    lengths.addAll(settings.lifecycle().silence());
  }

  /** Somebody else under the same settings and rules. */
  private RandomScenario(long seed, CustomerKey customer, Scenario beside) {
    bursts = true;
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.customer = customer;
    settings = beside.settings();
    scope = settings.orders().scope();
    lengths.addAll(settings.lifecycle().silence());
    rules.addAll(beside.rules());
    lengthsOfRules();
  }

  public static Scenario of(long seed) {
    return new RandomScenario(seed, true).scenario();
  }

  /** One in which nothing falls over a limit: what then stays depends on what came first. */
  public static Scenario withinLimits(long seed) {
    return new RandomScenario(seed, false).scenario();
  }

  /**
   * Customers of several tenants, of whom one has a zone and a currency of its own, under the same
   * settings and rules, some of which are published for one tenant alone. All end at one instant.
   */
  public static List<Scenario> shop(long seed) {
    Scenario first = of(seed);
    List<Scenario> customers = new ArrayList<>(List.of(first));
    for (int i = 1; i < 5; i++) {
      CustomerKey key = new CustomerKey(TENANTS.get(i % TENANTS.size()), "customer-" + i);
      customers.add(new RandomScenario(~(seed + i), key, first).beside(first));
    }
    return customers;
  }

  private Scenario beside(Scenario first) {
    Instant start =
        first.events().stream()
            .map(BehaviorEvent::eventTime)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Duration span = Duration.between(start, first.asOf()).plusMillis(1);
    int count = 1 + random.nextInt(20);
    tell(start, span, count);
    times.removeIf(time -> time.isAfter(first.asOf()));
    List<BehaviorEvent> events = events(first.asOf());
    return new Scenario(
        customer,
        events,
        settings,
        rules,
        first.publications(),
        first.cuts(),
        first.wallTime(),
        first.asOf());
  }

  private Scenario scenario() {
    Instant start =
        Instant.parse(
                pick(
                    List.of(
                        "2024-02-23T09:00:00Z", "2024-03-28T09:00:00Z", "2024-10-24T20:30:00Z")))
            .plus(Duration.ofMinutes(random.nextInt(6000)));
    Duration span = pick(List.of(days(2), days(10), days(40), days(200), days(900)));
    int count = 1 + random.nextInt(chance(0.2) ? 80 : 30);
    int ruleCount = random.nextInt(5);
    for (int i = 0; i < ruleCount; i++) {
      rules.add(randomRule("rule-" + (char) ('a' + random.nextInt(26)) + i, start, span));
    }
    lengthsOfRules();
    tell(start, span, count);
    Instant last = times.get(times.size() - 1);
    Instant asOf = chance(0.3) ? last : last.plus(pick(lengths)).plusMillis(random.nextInt(3));
    List<BehaviorEvent> events = events(asOf);
    Instant wallTime =
        chance(0.85)
            ? Instant.MIN
            : start.plusMillis((long) (span.toMillis() * random.nextDouble()));
    Scenario scenario =
        new Scenario(
            customer, events, settings, rules, publications(start, span), cuts(), wallTime, asOf);
    return countsFailed() ? scenario : withReports(scenario);
  }

  private void lengthsOfRules() {
    for (Rule rule : rules) {
      lengths.addAll(rule.steps());
      lengths.add(rule.validFor());
      lengths.add(rule.cooldown());
    }
  }

  /** When things happen. */
  private void tell(Instant start, Duration span, int count) {
    Instant now = start;
    for (int i = 0; i < count; i++) {
      now = nextTime(now, span, count);
      times.add(now);
    }
    times.sort(Instant::compareTo);
  }

  private List<BehaviorEvent> events(Instant asOf) {
    List<BehaviorEvent> events = new ArrayList<>();
    for (Instant time : times) {
      BehaviorEvent event = randomEvent(events.size(), time);
      events.add(event);
      while (chance(0.3)) {
        Payload next = next(event.payload());
        if (next != null) {
          event = soonAfter(event, events.size(), next);
          if (!event.eventTime().isAfter(asOf)) {
            events.add(event);
          }
        }
      }
    }
    if (bursts && chance(0.1)) {
      burst(asOf, events);
    }
    return events;
  }

  /** More of something than is kept of it, all within seconds. */
  private void burst(Instant asOf, List<BehaviorEvent> events) {
    int kind = random.nextInt(6);
    // Carts that have been emptied count for a while: behind these there is no other one.
    Instant from =
        kind == 2
            ? events.stream()
                .map(BehaviorEvent::eventTime)
                .max(Comparator.naturalOrder())
                .orElseThrow()
            : pick(times);
    if (from.plusSeconds(2).isAfter(asOf)) {
      return;
    }
    String orderId = "burst-" + events.size();
    List<BehaviorEvent> burst = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Instant at = from.plusMillis(1 + 20L * i);
      Identifiers who =
          new Identifiers(null, null, null, kind == 0 ? "burst-" + i : null, "device");
      BehaviorEvent event =
          Given.event(id(events.size() + i), at, null, Given.APP, ofBurst(kind, i, orderId));
      burst.add(inSession(event, who, "s" + i % 3));
    }
    events.addAll(burst);
  }

  private static Payload ofBurst(int kind, int i, String orderId) {
    Line line = Given.line("B" + i, 1L, 1000L);
    return switch (kind) {
      case 0 -> Given.click();
      case 1 -> new Payload.Profile(null, null, null, null, null, Map.of("burst-" + i, (long) i));
      case 2 -> Given.cart(CartAction.ADD, "burst-" + i, line);
      case 3 ->
          i == 0
              ? Given.order(orderId, OrderStatus.PAID, 10_000)
              : Given.refund(orderId, "r" + i, 10 + i, false);
      case 4 -> Given.refund("unknown-" + i, "r" + i, 10 + i, false);
      default ->
          new Payload.Browse("page", "burst-" + i % 30, null, "C1", null, null, null, "v" + i);
    };
  }

  private boolean countsFailed() {
    return Stream.concat(rules.stream().map(Rule::cap), Stream.of(settings.triggers().cap()))
        .allMatch(cap -> cap == null || cap.countFailed());
  }

  /** What has become of some of the messages, as whoever sent them tells. */
  private Scenario withReports(Scenario scenario) {
    List<BehaviorEvent> events = new ArrayList<>(scenario.events());
    for (Trigger trigger : new NaiveOracle(scenario).run().triggers()) {
      Instant at = trigger.firedAt().plusMillis(1 + random.nextInt(chance(0.5) ? 3 : 3_600_000));
      if (chance(0.6) && !at.isAfter(scenario.asOf())) {
        Payload report =
            new Payload.Message(
                trigger.triggerId(),
                chance(0.5) ? MessageStatus.FAILED : pick(List.of(MessageStatus.values())),
                null);
        events.add(Given.event("report-" + events.size(), at, null, Given.APP, report));
      }
    }
    return scenario.with(events);
  }

  /** Whoever is out of the window is beyond every cut. */
  private Cuts cuts() {
    int days = (int) settings.rfm().window().toDays();
    return new Cuts(
        "test",
        List.of(days / 5, 2 * days / 5, 3 * days / 5, 4 * days / 5),
        List.of(1, 2, 3, 5),
        List.of(1L, 3000L, 10_000L, 50_000L));
  }

  private Instant nextTime(Instant now, Duration span, int count) {
    double dice = random.nextDouble();
    if (dice < 0.15) {
      return now;
    }
    if (dice < 0.35) {
      return now.plusSeconds(random.nextInt(600));
    }
    if (dice < 0.6 && !times.isEmpty()) {
      // A length of time that decides something after an earlier moment, sometimes missed by a bit.
      return pick(times).plus(pick(lengths)).plusMillis(chance(0.7) ? 0 : random.nextInt(3) - 1);
    }
    if (dice < 0.65) {
      // On the hour and half-hour quiet hours begin and end.
      return now.plusSeconds(1800 - now.getEpochSecond() % 1800);
    }
    if (dice < 0.70) {
      // Days, new cuts and birthdays begin on the hour, and so do their steps.
      ZoneId zone = settings.tenant(customer.tenantId()).zone();
      LocalTime time = LocalTime.of(pick(List.of(0, 1, 9)), 0);
      Instant tomorrow =
          LocalDate.ofInstant(now, zone).plusDays(1).atTime(time).atZone(zone).toInstant();
      return tomorrow.plusMillis(chance(0.7) ? 0 : random.nextInt(3) - 1);
    }
    return now.plusMillis((long) (2.0 * span.toMillis() / count * random.nextDouble()));
  }

  private Settings randomSettings() {
    Duration window = pick(List.of(days(365), days(30), days(5)));
    Settings given =
        Given.settings(
            pick(ZONES),
            window,
            randomLifecycle(),
            new Settings.Triggers(
                randomCap(),
                pick(List.of(hours(24), hours(2))),
                pick(List.of(days(7), days(1))),
                chance(0.7)),
            Settings.Scoring.THRESHOLDS,
            scope);
    Map<String, Settings.Tenant> tenants =
        Map.of(TENANTS.get(1), new Settings.Tenant(pick(ZONES), Currency.getInstance("GBP")));
    return new Settings(
        given.time(),
        given.money(),
        given.dedup(),
        given.orders(),
        given.rfm(),
        given.lifecycle(),
        given.triggers(),
        given.identity(),
        tenants);
  }

  private Settings.Lifecycle randomLifecycle() {
    boolean shortBounds = chance(0.5);
    return new Settings.Lifecycle(
        pick(List.of(Settings.Policy.values())),
        pick(SILENCES),
        pick(List.of(2, 3, 5)),
        new Settings.Cadence(
            pick(List.of(2, 3, 20)),
            shortBounds ? hours(2) : days(10),
            shortBounds ? days(20) : days(90),
            pick(FACTORS)),
        pick(List.of(List.of(0.5, 0.25, 0.05), List.of(0.9, 0.7, 0.3), List.of(0.4, 0.39, 0.38))),
        pick(List.of(days(365, 730, 1095), days(3, 30, 300), days(10, 11, 12))),
        new MbgNbd(
            pick(List.of(0.525, 3.0, 20.0)),
            pick(List.of(6.183, 0.7)),
            pick(List.of(0.891, 1.0, 5.0)),
            pick(List.of(1.614, 9.0)),
            pick(List.of(days(1), days(7)))),
        pick(List.of(days(90), days(7))));
  }

  /** The rules stay as they are in half of all scenarios. */
  private List<Publication> publications(Instant start, Duration span) {
    if (chance(0.5)) {
      return List.of();
    }
    TriggerKind kind = pick(FRESH);
    Rule fresh = builder("fresh", kind).build();
    UnaryOperator<Rule> next =
        rule -> builder(rule.id(), rule.kind()).version(rule.version() + 1).build();
    return new RandomPublications(random, customer.tenantId(), next)
        .of(rules, List.of(fresh), start, span);
  }

  private Rule randomRule(String id, Instant start, Duration span) {
    RuleBuilder rule = builder(id, chance(0.2) ? Kinds.CART_ABANDONMENT : pick(Kinds.all()));
    if (chance(0.2)) {
      rule.backfill(chance(0.3))
          .activatedAt(start.plusMillis((long) (span.toMillis() * random.nextDouble())));
    }
    return rule.build();
  }

  private RuleBuilder builder(String id, TriggerKind kind) {
    boolean birthday = kind.equals(Kinds.BIRTHDAY);
    int views = 1 + random.nextInt(3);
    RuleBuilder rule =
        new RuleBuilder(id, kind)
            .steps(pick(birthday ? STEPS_OF_A_DAY : STEPS))
            .exitOn(pick(List.of(ExitOn.values())))
            .browsing(
                views,
                1 + random.nextInt(views),
                pick(List.of(days(7), hours(3), days(30))),
                pick(List.of(days(10), Duration.ZERO, days(1))))
            .stage(pick(List.of(Stage.AT_RISK, Stage.DORMANT, Stage.LOST)))
            .stages(pick(List.of(Stage.values())), pick(List.of(Stage.values())))
            .segments(pick(SEGMENTS), pick(SEGMENTS), pick(SEGMENTS))
            .at(pick(List.of(LocalTime.of(9, 0), LocalTime.MIDNIGHT, LocalTime.of(7, 30))))
            .inactiveFor(pick(List.of(days(14), days(2), hours(4))))
            .cooldown(pick(List.of(Duration.ZERO, hours(1), hours(24), days(7), days(30))))
            .cap(randomCap())
            .quietHours(chance(0.5) ? null : pick(QUIET))
            .holdoutPercent(pick(List.of(0, 0, 10, 50, 100)))
            .variants(chance(0.7) ? Map.of() : Map.of("a", 50, "b", 50))
            .validFor(
                pick(List.of(hours(12), hours(48), Duration.ofMinutes(30), Duration.ofMinutes(1))))
            .filter(chance(0.7) ? null : pick(FILTERS));
    if (chance(0.3)) {
      rule.segments(pick(SEGMENTS_ZH), pick(SEGMENTS_ZH));
    }
    return rule;
  }

  private Cap randomCap() {
    return chance(0.6)
        ? null
        : new Cap(1 + random.nextInt(3), pick(List.of(hours(24), days(7), hours(1))), chance(0.5));
  }

  /** A look once more, or less of what has been put into a cart; null after anything else. */
  private Payload next(Payload payload) {
    if (payload instanceof Payload.CartChange change && !change.lines().isEmpty()) {
      Line line = pick(change.lines());
      Line less = Given.line(line.skuId(), 1L + random.nextInt(3), null);
      return Given.cart(CartAction.REMOVE, change.cartId(), less);
    }
    return payload instanceof Payload.Browse ? payload : null;
  }

  private BehaviorEvent soonAfter(BehaviorEvent event, int number, Payload payload) {
    Instant at = event.eventTime().plus(pick(SOON));
    BehaviorEvent next = Given.event(id(number), at, event.seq(), event.appId(), payload);
    return inSession(next, event.identifiers(), event.sessionId());
  }

  private String id(int number) {
    return Integer.toHexString(random.nextInt()) + "-" + number;
  }

  private BehaviorEvent randomEvent(int number, Instant at) {
    String id = id(number);
    Long seq = chance(0.5) ? null : (Long) (long) random.nextInt(3);
    String app = pick(List.of("wx1", "wx2"));
    BehaviorEvent event = Given.event(id, at, seq, app, randomPayload(at));
    Identifiers identifiers =
        chance(0.9)
            ? event.identifiers()
            : new Identifiers(null, null, null, "o" + random.nextInt(3), "device");
    return inSession(event, identifiers, chance(0.1) ? null : pick(List.of("s1", "s2")));
  }

  private BehaviorEvent inSession(BehaviorEvent event, Identifiers identifiers, String sessionId) {
    return new BehaviorEvent(
        event.eventId(),
        event.type(),
        customer.tenantId(),
        event.appId(),
        customer.customerId(),
        event.eventTime(),
        event.deviceTime(),
        event.seq(),
        event.sentAt(),
        event.receivedAt(),
        identifiers,
        sessionId,
        event.platform(),
        event.scene(),
        event.payload(),
        event.repairs(),
        event.extras(),
        event.origin());
  }

  private Payload randomPayload(Instant at) {
    double dice = random.nextDouble();
    if (dice < 0.30) {
      return randomCart();
    }
    if (dice < 0.55) {
      return randomPurchase(at);
    }
    if (dice < 0.65) {
      String order = randomOrder();
      return Given.refund(
          order,
          order + "-r" + random.nextInt(3),
          pick(List.of(0L, 1L, 500L, 3000L, 100_000L)),
          chance(0.2));
    }
    if (dice < 0.83) {
      return new Payload.Browse(
          "page",
          chance(0.2) ? null : pick(List.of("P0", "P1", "P1", "P2")),
          null,
          pick(List.of("C0", "C1", "C2", "C3")),
          null,
          chance(0.4) ? null : pick(List.of(Phase.values())),
          null,
          chance(0.5) ? null : pick(List.of("v1", "v2", "v3")));
    }
    if (dice < 0.87) {
      return Given.click();
    }
    if (dice < 0.92) {
      return new Payload.Profile(
          chance(0.5) ? null : randomBirthday(at),
          null,
          chance(0.3) ? "gold" : null,
          chance(0.3) ? "Leeds" : null,
          pick(List.of(true, false)),
          chance(0.5) ? Map.of() : Map.of("size", (long) random.nextInt(3)));
    }
    if (dice < 0.94) {
      return new Payload.Identify(true);
    }
    if (dice < 0.96) {
      return new Payload.Custom("feedback", Map.of("stars", (long) random.nextInt(5)));
    }
    if (dice < 0.98) {
      return new Payload.Message("trigger", MessageStatus.OPENED, null);
    }
    return Given.erase();
  }

  /** A day about that of an event, of any year, or 29 February. */
  private String randomBirthday(Instant at) {
    LocalDate today = LocalDate.ofInstant(at, settings.tenant(customer.tenantId()).zone());
    LocalDate day =
        chance(0.2) ? LocalDate.of(2000, 2, 29) : today.plusDays(random.nextInt(5) - 1L);
    String monthAndDay =
        String.format(Locale.ROOT, "%02d-%02d", day.getMonthValue(), day.getDayOfMonth());
    // Of a year that has that day, whichever it is.
    return chance(0.5) ? monthAndDay : "1992-" + monthAndDay;
  }

  private Payload randomCart() {
    CartAction action =
        pick(
            List.of(
                CartAction.ADD,
                CartAction.ADD,
                CartAction.ADD,
                CartAction.REMOVE,
                CartAction.SET,
                CartAction.REPLACE,
                CartAction.CLEAR));
    boolean mayBeEmpty = action == CartAction.SET || action == CartAction.REPLACE;
    boolean empty = action == CartAction.CLEAR || (mayBeEmpty && chance(0.15));
    Line[] lines = new Line[empty ? 0 : 1 + random.nextInt(3)];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = randomLine(action == CartAction.REMOVE);
    }
    return Given.cart(action, randomCartId(), lines);
  }

  private String randomCartId() {
    return chance(0.3) ? null : pick(List.of("c1", "c2"));
  }

  /** Ingest tells the quantity 1 where an added or set line names none. */
  private Line randomLine(boolean quantityMayLack) {
    int sku = random.nextInt(chance(0.5) ? 4 : 2);
    return new Line(
        "K" + sku,
        chance(0.8) ? "P" + sku : null,
        chance(0.8) ? "C" + sku : null,
        quantityMayLack && chance(0.5) ? null : (Long) (long) random.nextInt(4),
        chance(0.2) ? null : (Long) (1000L + 100L * random.nextInt(2)));
  }

  private Payload randomPurchase(Instant at) {
    int order = random.nextInt(AMOUNTS.size());
    List<Line> lines = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      lines.add(randomLine(true));
    }
    OrderStatus status =
        pick(
            List.of(
                OrderStatus.PAID,
                OrderStatus.PAID,
                OrderStatus.PAID,
                OrderStatus.COMPLETED,
                OrderStatus.CREATED,
                OrderStatus.CLOSED));
    return new Payload.Purchase(
        "o" + order, status, amount(order, at), "CNY", lines, randomCartId(), null);
  }

  /** Orders are edited, though not to two amounts at one instant: which came first isn't told. */
  private static long amount(int order, Instant at) {
    long amount = AMOUNTS.get(order);
    return amount + (amount > 1000 ? at.getEpochSecond() % 2 : 0);
  }

  private String randomOrder() {
    return "o" + random.nextInt(AMOUNTS.size());
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static List<Duration> days(int first, int second, int third) {
    return List.of(days(first), days(second), days(third));
  }
}
