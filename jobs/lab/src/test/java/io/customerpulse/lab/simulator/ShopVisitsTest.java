package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Traffic at the time it is: how many are there at once, how long, and what goes wrong. */
class ShopVisitsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int CUSTOMERS = 2_000;

  /** 15 s × 20 events: 300 are there at once. */
  private static final int PER_SECOND = 20;

  private final Intake intake = new Intake();

  @Test
  void tenThousandEventsASecondAreOfAHundredAndFiftyThousandVisitors() {
    ShopVisits visits = visits(1_000_000, 10_000, 1);

    Set<String> visitors = new HashSet<>();
    // One gap between two events of a visitor, in which each who is there sends one.
    for (long number = 0; number < 150_000; number++) {
      visitors.add(visits.event(number).key());
    }

    assertThat(ShopVisits.visitorsAtOnce(10_000)).isEqualTo(150_000);
    // One record in a hundred is somebody's earlier one instead.
    assertThat(visitors).hasSizeBetween(148_000, 150_000);
  }

  @Test
  void visitsHaveFiveToThirtyEventsFifteenSecondsApart() {
    ShopVisits visits = visits(CUSTOMERS, PER_SECOND, 1);
    Map<String, Instant> last = new HashMap<>();
    Map<String, Integer> lengths = new HashMap<>();
    Set<String> cut = new HashSet<>();
    long atOnce = ShopVisits.visitorsAtOnce(PER_SECOND);
    long rounds = 200;
    for (long number = 0; number < rounds * atOnce; number++) {
      SimulatedRecord record = visits.event(number);
      if (record.kind() != Kind.CLEAN) {
        continue;
      }
      String visit = Parsed.of(record).path("session_id").asText();
      lengths.merge(visit, 1, Integer::sum);
      if (number < 3 * atOnce || number >= (rounds - 3) * atOnce) {
        cut.add(visit);
      }
      Instant before = last.put(visit, record.eventTime());
      if (before != null) {
        Duration apart = Duration.between(before, record.eventTime());
        // A step whose place a doubled or late record took is skipped, seldom several.
        assertThat(apart.toMillis() % 15_000).isZero();
        assertThat(apart).isLessThanOrEqualTo(Duration.ofMinutes(1));
      }
    }
    lengths.keySet().removeAll(cut);
    // One step or two of the least may be missing.
    assertThat(lengths.values()).allMatch(each -> each >= 3 && each <= ShopVisits.LONGEST);
    assertThat(lengths.values()).contains(5, 17, 30);
    double mean = lengths.values().stream().mapToInt(each -> each).average().orElseThrow();
    // 17.5, less one in a hundred, and less what hides long visits at both ends.
    assertThat(mean).isBetween(16.0, 17.5);
  }

  @Test
  void nobodyIsOnTwoVisitsAtOnce() {
    ShopVisits visits = visits(CUSTOMERS, PER_SECOND, 1);
    long atOnce = ShopVisits.visitorsAtOnce(PER_SECOND);
    for (long round = 0; round < 20; round++) {
      Set<String> there = new HashSet<>();
      for (long number = round * atOnce; number < (round + 1) * atOnce; number++) {
        SimulatedRecord record = visits.event(number);
        if (record.kind() == Kind.CLEAN) {
          assertThat(there.add(record.key())).isTrue();
        }
      }
    }
  }

  @Test
  void allCustomersComeInTurn() {
    ShopVisits visits = visits(900, PER_SECOND, 1);
    Set<String> seen = new HashSet<>();
    for (long number = 0; number < 40_000; number++) {
      seen.add(visits.event(number).key());
    }
    assertThat(seen).hasSize(900);
  }

  @Test
  void moreVisitorsThanCustomersAreSomeOfThemTwice() {
    ShopVisits visits = visits(100, PER_SECOND, 1);
    Set<String> seen = new HashSet<>();
    for (long number = 0; number < ShopVisits.visitorsAtOnce(PER_SECOND); number++) {
      seen.add(visits.event(number).key());
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void oneInAHundredIsDoubledAndOneInAThousandAMinuteLate() {
    ShopVisits visits = visits(CUSTOMERS, PER_SECOND, 1);
    int doubled = 0;
    int late = 0;
    int records = 100_000;
    for (long number = 0; number < records; number++) {
      SimulatedRecord record = visits.event(number);
      Duration behind = Duration.between(record.eventTime(), visits.time(number));
      switch (record.kind()) {
        case DUPLICATE -> {
          doubled++;
          assertThat(isRepeated(visits, number, record.value())).isTrue();
        }
        case LATE -> {
          late++;
          assertThat(behind).isEqualTo(ShopVisits.LATE_BY);
        }
        default -> assertThat(behind).isZero();
      }
    }
    assertThat(doubled).isCloseTo(records / 100, within(records / 500));
    assertThat(late).isCloseTo(records / 1_000, within(records / 2_500));
  }

  private static boolean isRepeated(ShopVisits visits, long number, byte[] value) {
    // Within ten seconds, and a few numbers further where that one was a repeated one itself.
    for (long before = number - 1; before >= Math.max(0, number - 250); before--) {
      SimulatedRecord earlier = visits.event(before);
      if (earlier.kind() != Kind.DUPLICATE && Arrays.equals(earlier.value(), value)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void timePassesAsOnTheClock() {
    ShopVisits visits = visits(CUSTOMERS, PER_SECOND, 1);
    assertThat(visits.time(0)).isEqualTo(START);
    assertThat(visits.time(PER_SECOND * 3_600L)).isEqualTo(START.plus(Duration.ofHours(1)));
  }

  @Test
  void theProcessorTakesAllOfThemAndFindsWhoWasIntroduced() {
    SimulatorSettings shop = shop(CUSTOMERS);
    Simulator simulator = new Simulator(shop);
    Map<String, String> introduced = new HashMap<>();
    for (long customer = 0; customer < CUSTOMERS; customer++) {
      SimulatedRecord record = simulator.introduction(customer);
      introduced.put(record.key(), customerOf(record));
    }
    ShopVisits visits = new ShopVisits(shop, PER_SECOND, START, 1);
    for (long number = 0; number < 20_000; number++) {
      SimulatedRecord record = visits.event(number);
      assertThat(customerOf(record)).isEqualTo(introduced.get(record.key()));
    }
  }

  @Test
  void twoSeriesHaveNoEventAndNoOrderInCommon() {
    Set<String> ids = new HashSet<>();
    for (int series = 1; series <= 2; series++) {
      Set<String> ofThis = new HashSet<>();
      ShopVisits visits = visits(CUSTOMERS, PER_SECOND, series);
      for (long number = 0; number < 20_000; number++) {
        JsonNode json = Parsed.of(visits.event(number));
        ofThis.add(json.path("event_id").asText());
        String order = json.path("properties").path("order_id").asText();
        if (!order.isEmpty()) {
          ofThis.add(order);
        }
      }
      assertThat(ofThis.stream().filter(id -> id.startsWith("o")).count()).isGreaterThan(50);
      assertThat(ids).doesNotContainAnyElementsOf(ofThis);
      ids.addAll(ofThis);
    }
  }

  @Test
  void refusesWhatItHasNoNumbersFor() {
    assertThatThrownBy(() -> visits(CUSTOMERS, 0, 1)).hasMessageContaining("perSecond: 0");
    assertThatThrownBy(() -> visits(CUSTOMERS, 1, 0)).hasMessageContaining("series: 0");
    assertThatThrownBy(() -> visits(CUSTOMERS, 1, 9_001)).hasMessageContaining("series: 9001");
  }

  private String customerOf(SimulatedRecord record) {
    return ((ParseResult.Valid) intake.read(0, record)).event().customer().asText();
  }

  private static ShopVisits visits(long customers, int perSecond, int series) {
    return new ShopVisits(shop(customers), perSecond, START, series);
  }

  private static SimulatorSettings shop(long customers) {
    return SimulatorSettings.builder().customers(customers).start(START).build();
  }
}
