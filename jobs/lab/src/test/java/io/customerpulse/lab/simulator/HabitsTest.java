package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether a demo over 17 weeks has something to show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HabitsTest {
  private static final int WEEKS = 17;
  private static final int EVENTS = 60_000;

  private final Map<String, List<Instant>> orderTimes = new HashMap<>();
  private final Map<String, Instant> lastSeen = new HashMap<>();
  private final Map<String, Instant> lastCartChange = new HashMap<>();
  private final Set<String> paidOrders = new HashSet<>();
  private final Set<String> unpaidOrders = new HashSet<>();
  private long cartsLeftAnHour;
  private long refundsOfPaidOrders;
  private Instant end;

  @BeforeAll
  void read() {
    Simulator simulator =
        new Simulator(SimulatorSettings.spanning(Duration.ofDays(7 * WEEKS), EVENTS));
    end = simulator.time(EVENTS);
    simulator.events(0, EVENTS).filter(r -> r.kind() == Kind.CLEAN).forEach(this::read);
  }

  @Test
  void dozensOfCartsAreLeftEveryWeek() {
    assertThat(cartsLeftAnHour / WEEKS).isGreaterThan(36);
  }

  @Test
  void someWhoBoughtInTheFirstWeeksAreSilentForNinetyDays() {
    long dormant =
        orderTimes.entrySet().stream()
            .filter(e -> silentForNinetyDays(lastSeen.get(e.getKey())))
            .count();
    assertThat(dormant).isGreaterThan(30);
  }

  @Test
  void someBuyAgainAfterNinetyDaysOfSilence() {
    assertThat(orderTimes.values().stream().filter(HabitsTest::hasGapOfNinetyDays).count())
        .isPositive();
  }

  @Test
  void someAreLoyalAndManyBuyOnce() {
    assertThat(orderTimes.values().stream().filter(t -> t.size() >= 5).count()).isGreaterThan(10);
    assertThat(orderTimes.values().stream().filter(t -> t.size() == 1).count()).isGreaterThan(200);
    assertThat(lastSeen).hasSizeGreaterThan(1_500);
    assertThat(orderTimes.size()).isLessThan(lastSeen.size());
  }

  @Test
  void ordersArePaidRefundedOrNeverPaid() {
    assertThat(refundsOfPaidOrders).isGreaterThan(50);
    unpaidOrders.removeAll(paidOrders);
    assertThat(unpaidOrders).hasSizeGreaterThan(50);
  }

  private void read(SimulatedRecord simulated) {
    JsonNode event = Parsed.of(simulated);
    JsonNode properties = event.get("properties");
    String customer = simulated.key();
    lastSeen.merge(customer, simulated.eventTime(), (a, b) -> a.isAfter(b) ? a : b);
    switch (event.get("type").textValue()) {
      case "cart" -> {
        countCartLeft(customer, simulated.eventTime());
        if (Set.of("add", "set").contains(properties.get("action").textValue())) {
          lastCartChange.put(customer, simulated.eventTime());
        } else if (properties.get("action").textValue().equals("clear")) {
          lastCartChange.remove(customer);
        }
      }
      case "purchase" -> readOrder(customer, simulated.eventTime(), properties);
      case "refund" -> {
        if (paidOrders.contains(properties.get("order_id").textValue())) {
          refundsOfPaidOrders++;
        }
      }
      default -> {
        // Says nothing about carts and orders.
      }
    }
  }

  private void readOrder(String customer, Instant time, JsonNode properties) {
    String order = properties.get("order_id").textValue();
    switch (properties.get("status").textValue()) {
      case "created" -> unpaidOrders.add(order);
      case "paid" -> {
        countCartLeft(customer, time);
        lastCartChange.remove(customer);
        assertThat(paidOrders.add(order)).as("%s is paid once", order).isTrue();
        orderTimes.computeIfAbsent(customer, c -> new ArrayList<>()).add(time);
      }
      default -> {
        // Completed or closed: changes no count.
      }
    }
  }

  private void countCartLeft(String customer, Instant now) {
    Instant last = lastCartChange.get(customer);
    if (last != null && now.isAfter(last.plus(Duration.ofHours(1)))) {
      cartsLeftAnHour++;
    }
  }

  private boolean silentForNinetyDays(Instant time) {
    return !time.plus(Duration.ofDays(90)).isAfter(end);
  }

  private static boolean hasGapOfNinetyDays(List<Instant> times) {
    for (int i = 1; i < times.size(); i++) {
      if (!times.get(i - 1).plus(Duration.ofDays(90)).isAfter(times.get(i))) {
        return true;
      }
    }
    return false;
  }
}
