package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.oracle.Seeds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A population that is counted as it changes, against one that is sorted as a whole. */
class PopulationSnapshotsTest {
  private static final int CUSTOMERS = 100_000;
  private static final int UPDATES = 600_000;
  private static final int UPDATES_PER_DAY = 20_000;
  private static final int WINDOW_DAYS = 60;
  private static final String TENANT = "acme";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final CutSchedule SCHEDULE = new CutSchedule(ZONE, null);

  private final PopulationAggregate population = new PopulationAggregate(SCHEDULE);
  private final LocalPreAggregator aggregator = new LocalPreAggregator(tenant -> SCHEDULE);
  private final long[] lastDays = new long[CUSTOMERS];
  private final int[] orders = new int[CUSTOMERS];
  private final long[] net = new long[CUSTOMERS];
  private Random random;
  private LocalDate today = LocalDate.parse("2024-03-01");
  private PopulationState state;

  static List<Long> seeds() {
    return Seeds.of(PopulationSnapshotsTest.class, 1, 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingDriftsOverManyChanges(long seed) {
    random = new Random(seed);
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      order(customer);
    }
    assertSameAsSorted(nextMidnight());
    for (int update = 1; update <= UPDATES; update++) {
      change(random.nextInt(CUSTOMERS));
      if (random.nextInt(5_000) == 0) {
        // As before a checkpoint: deltas may be cut anywhere.
        aggregator.takeAll().forEach(this::delta);
      }
      if (update % UPDATES_PER_DAY == 0) {
        expire();
        Cuts cuts = nextMidnight();
        if (update % (10 * UPDATES_PER_DAY) == 0) {
          assertSameAsSorted(cuts);
        }
      }
    }
    assertThat(state.counted().orders().total())
        .isEqualTo(Arrays.stream(orders).filter(count -> count > 0).count());
  }

  private void change(int customer) {
    switch (orders[customer] == 0 ? 0 : random.nextInt(10)) {
      case 8 -> refund(customer);
      case 9 -> erase(customer);
      default -> order(customer);
    }
  }

  private void order(int customer) {
    // Prices cluster, as prices do, over five orders of magnitude.
    long amount =
        random.nextInt(4) == 0 ? 9_900 : Math.round(Math.exp(random.nextGaussian() * 1.5 + 9));
    move(customer, today.toEpochDay(), orders[customer] + 1, net[customer] + amount);
  }

  private void refund(int customer) {
    long left = random.nextInt(3) == 0 ? 0 : net[customer] - net[customer] / 3;
    move(customer, lastDays[customer], orders[customer], left);
  }

  private void erase(int customer) {
    move(customer, 0, 0, 0);
  }

  /** Whose last order has left the window leaves with all of them, others lose one. */
  private void expire() {
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      if (orders[customer] > 0 && today.toEpochDay() - lastDays[customer] >= WINDOW_DAYS / 2) {
        boolean gone = today.toEpochDay() - lastDays[customer] >= WINDOW_DAYS;
        int left = gone ? 0 : Math.max(1, orders[customer] - 1);
        move(customer, lastDays[customer], left, gone ? 0 : net[customer]);
      }
    }
  }

  private void move(int customer, long lastDay, int newOrders, long newNet) {
    RfmPosition from = standing(customer);
    lastDays[customer] = lastDay;
    orders[customer] = newOrders;
    net[customer] = newNet;
    Instant at = today.atStartOfDay(ZONE).toInstant().plusSeconds(1 + random.nextInt(80_000));
    aggregator.add(new PositionChange(TENANT, at, from, standing(customer)));
    if (aggregator.isFull()) {
      aggregator.takeAll().forEach(this::delta);
    }
  }

  private RfmPosition standing(int customer) {
    return orders[customer] == 0
        ? null
        : RfmPosition.of(lastDays[customer], orders[customer], net[customer]);
  }

  private void delta(HistogramDelta delta) {
    state = population.onDelta(state, delta).next();
  }

  private Cuts nextMidnight() {
    today = today.plusDays(1);
    Instant midnight = today.atStartOfDay(ZONE).toInstant();
    aggregator.takeUntil(midnight).forEach(this::delta);
    Decision<PopulationState, PopulationEffect> decision = population.onTimer(state, midnight);
    state = decision.next();
    assertThat(decision.effects()).hasSize(2);
    assertThat(decision.nextTimer()).isEqualTo(SCHEDULE.after(midnight));
    CutPoints points = ((PopulationEffect.CutsTaken) decision.effects().get(0)).points();
    assertThat(points.takenAt()).isEqualTo(midnight);
    assertThat(points.effectiveAt()).isEqualTo(midnight.plusSeconds(3600));
    assertThat(points.cuts().version()).isEqualTo(today.toString());
    return points.cuts();
  }

  private void assertSameAsSorted(Cuts cuts) {
    int[] buyers = IntStream.range(0, CUSTOMERS).filter(c -> orders[c] > 0).toArray();
    long[] recency =
        Arrays.stream(buyers).mapToLong(c -> today.toEpochDay() - lastDays[c]).sorted().toArray();
    long[] frequency = Arrays.stream(buyers).mapToLong(c -> orders[c]).sorted().toArray();
    long[] money = Arrays.stream(buyers).mapToLong(c -> net[c]).sorted().toArray();
    for (int k = 1; k <= 4; k++) {
      // The smallest value of which at least k/5 are no greater stands at this place.
      int place = (int) ((k * (long) buyers.length + 4) / 5) - 1;
      assertThat(cuts.recencyDays().get(k - 1)).isEqualTo((int) recency[place]);
      assertThat(cuts.frequency().get(k - 1)).isEqualTo((int) frequency[place]);
      long exact = money[place];
      assertThat(cuts.monetaryMinor().get(k - 1))
          .as("cut %d of money", k)
          .isBetween(exact, exact + exact / 1000);
    }
  }
}
