package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Histories by chance of somebody who has more of something than is kept of it: more than {@link
 * RandomScenario} ever comes to. Three seeds one after the other are one of each sort.
 */
public final class LimitScenario {
  private static final Instant START = Instant.parse("2024-03-01T02:00:00Z");

  private final Random random;
  private final List<BehaviorEvent> events = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private Instant now = START;

  private LimitScenario(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** Orders, episodes and fires, or lines of a cart. */
  public static Scenario of(long seed) {
    LimitScenario scenario = new LimitScenario(seed);
    switch ((int) Math.floorMod(seed, 3L)) {
      case 0 -> scenario.orders();
      case 1 -> scenario.episodes();
      default -> scenario.cartLines();
    }
    return scenario.scenario();
  }

  /** More than 500, some of which are never paid, given back or closed, late in their life too. */
  private void orders() {
    rules.add(rule("thanks", Duration.ZERO, Duration.ofDays(3)));
    for (int i = 0; i < 520; i++) {
      OrderStatus status = random.nextInt(12) == 0 ? OrderStatus.CREATED : OrderStatus.PAID;
      happen(Duration.ofMinutes(1 + random.nextInt(400)), Given.order("o" + i, status, amount()));
      if (random.nextInt(10) == 0) {
        happen(Duration.ofMinutes(1), ofAnyOrder(i + 1));
      }
    }
  }

  private Payload ofAnyOrder(int orders) {
    String order = "o" + random.nextInt(orders);
    return switch (random.nextInt(3)) {
      case 0 -> Given.refund(order, "r" + events.size(), amount(), random.nextBoolean());
      case 1 -> Given.order(order, OrderStatus.CLOSED, amount());
      default -> Given.order(order, OrderStatus.PAID, amount());
    };
  }

  /** More than 1,000 that wait for their second step, and more fires than that, within 4 days. */
  private void episodes() {
    rules.add(rule("a", Duration.ZERO, Duration.ofDays(5)));
    rules.add(rule("b", Duration.ZERO, Duration.ofDays(6)));
    rules.add(rule("c", Duration.ofHours(1 + random.nextInt(5)), Duration.ofDays(5)));
    rules.add(
        new RuleBuilder("d", Kinds.POST_PURCHASE)
            .steps(List.of(Duration.ZERO))
            .cap(new Cap(100, Duration.ofDays(7), true))
            .build());
    for (int i = 0; i < 350; i++) {
      happen(
          Duration.ofMinutes(5 + random.nextInt(20)),
          Given.order("o" + i, OrderStatus.PAID, amount()));
      if (random.nextInt(20) == 0) {
        happen(Duration.ofMinutes(1), Given.refund("o" + random.nextInt(i + 1), "r", 1, true));
      }
    }
    // The later steps of what is still live fire, and what is remembered of fires is taken back.
    happen(Duration.ofDays(3), Given.click());
    happen(Duration.ofHours(2), Given.erase());
  }

  /**
   * More than 200 at a time. Nothing is taken out: which of those that changed at one moment leaves
   * first is left open, and then isn't the order in which they came.
   */
  private void cartLines() {
    rules.add(
        new RuleBuilder("cart", Kinds.CART_ABANDONMENT)
            .steps(List.of(Duration.ofHours(1)))
            .build());
    for (int i = 0; i < 40; i++) {
      CartAction action = random.nextInt(5) == 0 ? CartAction.SET : CartAction.ADD;
      happen(
          Duration.ofMinutes(random.nextInt(4) == 0 ? 90 : 1 + random.nextInt(4)),
          Given.cart(action, "c", lines(1 + random.nextInt(30))));
    }
  }

  private Line[] lines(int count) {
    return IntStream.range(0, 400)
        .map(sku -> sku * 7 % 400)
        .skip(random.nextInt(400 - count))
        .limit(count)
        .mapToObj(sku -> Given.line("k" + sku, 1L + random.nextInt(3), 100L))
        .toArray(Line[]::new);
  }

  private long amount() {
    return random.nextInt(20_000);
  }

  private static Rule rule(String id, Duration... steps) {
    return new RuleBuilder(id, Kinds.POST_PURCHASE).steps(List.of(steps)).build();
  }

  private void happen(Duration later, Payload payload) {
    now = now.plus(later);
    events.add(Given.event("e" + events.size(), now, null, Given.APP, payload));
  }

  private Scenario scenario() {
    Settings.Triggers triggers =
        new Settings.Triggers(null, Duration.ofHours(24), Duration.ofHours(1), true);
    Settings settings =
        Given.settings(
            Given.SHANGHAI,
            Duration.ofDays(60),
            Given.lifecycle(Settings.Policy.CADENCE),
            triggers);
    return new Scenario(
        events, settings, rules, Given.CUTS, Instant.MIN, now.plus(Duration.ofHours(12)));
  }
}
