package io.customerpulse.domain.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.LocalPreAggregator;
import io.customerpulse.domain.rfm.PopulationAggregate;
import io.customerpulse.domain.rfm.PopulationEffect;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Orders, refunds, closings and erasures of a few customers, and their orders growing too old:
 * whatever the order in which events arrive and moves are counted, the cuts of every midnight are
 * those of all histories up to it, sorted.
 */
class PopulationPropertyTest {
  private static final int CUSTOMERS = 12;
  private static final int DAYS = 120;
  private static final int WINDOW_DAYS = 30;
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(DAYS));
  private static final CutSchedule SCHEDULE = new CutSchedule(ZONE, null);

  static List<Long> seeds() {
    return Seeds.of(PopulationPropertyTest.class, 5, 5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cutsAreThoseOfAllHistoriesSorted(long seed) {
    Random random = new Random(seed);
    List<Scenario> customers = new ArrayList<>();
    List<PositionChange> moves = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      Scenario scenario = customer(random, customer);
      customers.add(scenario);
      for (Effect output : Run.of(scenario).inSomeOrder(random.nextLong())) {
        if (output instanceof Effect.PositionChanged moved) {
          moves.add(moved.change());
        }
      }
    }
    Collections.shuffle(moves, random);

    Map<Instant, CutPoints> taken = population(moves, random);

    int compared = 0;
    for (Instant midnight = SCHEDULE.after(START);
        !midnight.isAfter(END);
        midnight = SCHEDULE.after(midnight)) {
      Naive naive = naive(customers, midnight);
      CutPoints points = taken.get(midnight);
      assertThat(points == null).as("seed %d, %s", seed, midnight).isEqualTo(naive.days.isEmpty());
      if (points != null) {
        compared++;
        assertThat(points.cuts().recencyDays())
            .as("seed %d, recency at %s", seed, midnight)
            .isEqualTo(naive.cuts(naive.days).stream().map(Long::intValue).toList());
        assertThat(points.cuts().frequency())
            .as("seed %d, frequency at %s", seed, midnight)
            .isEqualTo(naive.cuts(naive.orders).stream().map(Long::intValue).toList());
        // All amounts are below 2,048, where each has a bin of its own.
        assertThat(points.cuts().monetaryMinor())
            .as("seed %d, money at %s", seed, midnight)
            .isEqualTo(naive.cuts(naive.net));
      }
    }
    assertThat(compared).isGreaterThan(DAYS / 2);
  }

  private static Map<Instant, CutPoints> population(List<PositionChange> moves, Random random) {
    LocalPreAggregator aggregator = new LocalPreAggregator(tenant -> SCHEDULE);
    PopulationAggregate population = new PopulationAggregate(SCHEDULE);
    PopulationState state = null;
    for (PositionChange move : moves) {
      aggregator.add(move);
      if (random.nextInt(10) == 0) {
        for (HistogramDelta delta : aggregator.takeAll()) {
          state = population.onDelta(state, delta).next();
        }
      }
    }
    for (HistogramDelta delta : aggregator.takeAll()) {
      state = population.onDelta(state, delta).next();
    }
    Map<Instant, CutPoints> taken = new HashMap<>();
    for (PopulationEffect effect : population.onTimer(state, END).effects()) {
      if (effect instanceof PopulationEffect.CutsTaken it) {
        taken.put(it.points().takenAt(), it.points());
      }
    }
    return taken;
  }

  private static Scenario customer(Random random, int customer) {
    List<BehaviorEvent> events = new ArrayList<>();
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      int day = random.nextInt(DAYS);
      // Midnights are where everything is decided.
      Instant at =
          random.nextInt(4) == 0
              ? SCHEDULE.after(START.plus(Duration.ofDays(day)))
              : START.plus(Duration.ofDays(day)).plusMillis(random.nextInt(86_400_000));
      String order = customer + "-" + random.nextInt(15);
      events.add(
          Given.event(
              customer + "." + i,
              at.isAfter(END) ? END : at,
              null,
              Given.APP,
              switch (random.nextInt(20)) {
                case 0 -> Given.erase();
                case 1, 2, 3 ->
                    Given.refund(order, "r" + i, random.nextInt(100), random.nextInt(4) == 0);
                case 4, 5 -> Given.order(order, OrderStatus.CLOSED, 100);
                case 6 -> Given.view("C");
                default -> Given.order(order, OrderStatus.PAID, random.nextInt(120));
              }));
    }
    return new Scenario(events, settings(), List.of(), Given.CUTS, Instant.MIN, END);
  }

  private static Settings settings() {
    Settings given = Given.settings();
    return Given.settings(
        ZONE,
        Duration.ofDays(WINDOW_DAYS),
        given.lifecycle(),
        given.triggers(),
        Settings.Scoring.QUINTILES);
  }

  /** The population at a moment, worked out from all histories. */
  private static final class Naive {
    private final List<Long> days = new ArrayList<>();
    private final List<Long> orders = new ArrayList<>();
    private final List<Long> net = new ArrayList<>();

    private List<Long> cuts(List<Long> values) {
      List<Long> cuts = new ArrayList<>();
      for (int k = 1; k <= 4; k++) {
        int fifths = k;
        cuts.add(
            values.stream()
                .sorted()
                .filter(
                    cut ->
                        values.stream().filter(value -> value <= cut).count() * 5
                            >= (long) fifths * values.size())
                .findFirst()
                .orElseThrow());
      }
      return cuts;
    }
  }

  private static Naive naive(List<Scenario> customers, Instant now) {
    Naive naive = new Naive();
    for (Scenario customer : customers) {
      NaiveHistory history = new NaiveHistory(List.of(), customer.settings(), ZONE);
      Instant erasedAt = Instant.MIN;
      for (BehaviorEvent event : NaiveEvents.sorted(customer.events())) {
        if (event.eventTime().isAfter(now) || !event.eventTime().isAfter(erasedAt)) {
          continue;
        }
        if (event.type() == EventType.ERASE) {
          history = new NaiveHistory(List.of(), customer.settings(), ZONE);
          erasedAt = event.eventTime();
        } else {
          history = history.with(event);
        }
      }
      List<NaiveHistory.PaidOrder> inWindow = history.countingInWindow(now);
      if (!inWindow.isEmpty()) {
        LocalDate last = history.day(history.lastOrderAt());
        naive.days.add(ChronoUnit.DAYS.between(last, history.day(now)));
        naive.orders.add((long) inWindow.size());
        naive.net.add(inWindow.stream().mapToLong(NaiveHistory.PaidOrder::netMinor).sum());
      }
    }
    return naive;
  }
}
