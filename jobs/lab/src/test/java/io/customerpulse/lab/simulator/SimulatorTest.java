package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("seeds")
class SimulatorTest {
  private static final int MANY = 20_000;
  private static final Proportions EVERYTHING = new Proportions(0.05, 0.04, 0.03, 0.02, 0.02, 0.02);

  private final SimulatorSettings settings;
  private final Simulator simulator;

  SimulatorTest(long seed) {
    settings =
        SimulatorSettings.builder()
            .seed(seed)
            .spanning(Duration.ofDays(7 * 17), MANY)
            .tenants(List.of("acme", "beta"))
            .proportions(EVERYTHING)
            .build();
    simulator = new Simulator(settings);
  }

  static List<Long> seeds() {
    return Seeds.of(SimulatorTest.class, 1, 1);
  }

  @Test
  void recordsAreTheSameInAnyOrderOnAnyThreadAndInAnyInstance() {
    List<SimulatedRecord> inOrder = simulator.events(0, 5_000).toList();
    List<SimulatedRecord> inParallel = new Simulator(settings).events(0, 5_000).parallel().toList();
    for (int n = inOrder.size() - 1; n >= 0; n--) {
      SimulatedRecord backwards = simulator.event(n);
      assertSame(n, backwards, inOrder.get(n));
      assertSame(n, inParallel.get(n), inOrder.get(n));
    }
  }

  @Test
  void anotherSeedTellsAnotherStory() {
    Simulator other = new Simulator(settings.toBuilder().seed(settings.seed() + 1).build());
    long different =
        LongStream.range(0, 1_000)
            .filter(n -> !other.event(n).key().equals(simulator.event(n).key()))
            .count();
    assertThat(different).isGreaterThan(900);
  }

  @Test
  void theTrafficOfASeedStaysAsItWas() {
    Simulator byDefault = new Simulator(SimulatorSettings.defaults());
    assertThat(new String(byDefault.event(3_091).value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"event_id\":\"e3091\",\"type\":\"cart\",\"tenant_id\":\"default\","
                + "\"app_id\":\"wx5692161d100b05e5\","
                + "\"event_time\":\"2024-01-04T21:20:48.758+08:00\",\"seq\":3091,"
                + "\"sent_at\":\"2024-01-04T21:20:51.185+08:00\","
                + "\"received_at\":\"2024-01-04T21:20:51.463+08:00\","
                + "\"unionid\":\"u-572\",\"openid\":\"o0-572\","
                + "\"anonymous_id\":\"device-572\",\"session_id\":\"s259-0\","
                + "\"platform\":\"wechat\",\"scene\":\"1037\","
                + "\"properties\":{\"action\":\"add\",\"cart_id\":\"c259\","
                + "\"lines\":[{\"sku_id\":\"K153-0\",\"product_id\":\"P153\","
                + "\"category_id\":\"C9\",\"quantity\":1,\"unit_price_minor\":37790}],"
                + "\"currency\":\"CNY\"}}");
  }

  @Test
  void kindsOccurInTheirProportions() {
    Map<Kind, Long> kinds = TruthCounters.ofFirst(MANY, simulator).byKind();
    assertShare(kinds.get(Kind.DUPLICATE), EVERYTHING.duplicates());
    assertShare(kinds.get(Kind.LATE), EVERYTHING.late());
    assertShare(kinds.get(Kind.SKEWED), EVERYTHING.skewed());
    assertShare(kinds.get(Kind.BROKEN), EVERYTHING.broken());
  }

  @Test
  void everythingButBrokenIsTakenAsItIsWhenItTrulyHappened() {
    Intake intake = new Intake();
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      if (simulated.kind() != Kind.BROKEN) {
        BehaviorEvent event = taken(n, intake.read(n, simulated));
        types.add(event.type());
        long errorMillis = Duration.between(simulated.eventTime(), event.eventTime()).toMillis();
        // What a correction can't tell from skew is the time the event took on its way.
        long mostMillis = event.repairs().isEmpty() ? 0 : 400;
        if (errorMillis < 0 || errorMillis > mostMillis) {
          fail("number %s: %s ms off: %s", n, errorMillis, event);
        }
        if (simulated.kind() == Kind.CLEAN && !event.repairs().isEmpty()) {
          fail("number %s: %s", n, event.repairs());
        }
      }
    }
    assertThat(types).isEqualTo(EnumSet.allOf(EventType.class));
  }

  @Test
  void byDefaultOnlyMessagesAndErasuresAreMissing() {
    Set<String> types = new TreeSet<>();
    new Simulator(SimulatorSettings.spanning(Duration.ofDays(30), 5_000))
        .events(0, 5_000)
        .filter(simulated -> simulated.kind() == Kind.CLEAN)
        .forEach(simulated -> types.add(Parsed.of(simulated).get("type").textValue()));
    assertThat(types)
        .containsExactly(
            "browse", "cart", "click", "custom", "identify", "profile", "purchase", "refund");
  }

  @Test
  void timesRiseWithTheNumbersButForTheJitter() {
    for (Duration interval : List.of(Duration.ofMillis(3), Duration.ofMinutes(4))) {
      Simulator paced = new Simulator(settings.toBuilder().interval(interval).build());
      Instant before = settings.start();
      for (long n = 0; n < 20_000; n++) {
        Instant time = paced.time(n);
        assertThat(time).as("number %s", n).isAfterOrEqualTo(before);
        SimulatedRecord simulated = paced.event(n);
        if (simulated.kind() == Kind.CLEAN || simulated.kind() == Kind.SKEWED) {
          assertThat(Duration.between(time, simulated.eventTime()))
              .as("number %s", n)
              .isBetween(Duration.ZERO, settings.jitter());
        }
        before = time;
      }
    }
  }

  @Test
  void theWholeSpanIsUsed() {
    assertThat(Duration.between(settings.start(), simulator.time(MANY)).toMinutes())
        .isCloseTo(Duration.ofDays(7 * 17).toMinutes(), within(24 * 60L));
  }

  @Test
  void neighboursAreOfManyCustomers() {
    Simulator busy =
        new Simulator(
            SimulatorSettings.builder()
                .customers(100_000)
                .interval(Duration.ofMillis(20))
                .proportions(Proportions.flawless())
                .build());
    Set<String> keys = new HashSet<>();
    busy.events(50_000, 50_500).forEach(simulated -> keys.add(simulated.key()));
    assertThat(keys).hasSizeGreaterThan(400);
  }

  @Test
  void duplicatesRepeatAnEarlierRecordOfTheSameDay() {
    Map<String, Instant> seen = new HashMap<>();
    long duplicates = 0;
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      String value = new String(simulated.value(), StandardCharsets.ISO_8859_1);
      if (simulated.kind() == Kind.DUPLICATE) {
        duplicates++;
        assertThat(seen).as("number %s", n).containsKey(value);
        assertThat(Duration.between(seen.get(value), simulator.time(n)))
            .as("number %s", n)
            .isLessThan(Duration.ofHours(24));
      } else if (simulated.kind() != Kind.BROKEN) {
        assertThat(seen.put(value, simulated.eventTime())).as("number %s", n).isNull();
      }
    }
    assertThat(duplicates).isEqualTo(TruthCounters.ofFirst(MANY, simulator).duplicates());
  }

  @Test
  void lateRecordsComeBeyondTheOutOfOrdernessBound() {
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      if (simulated.kind() == Kind.LATE) {
        assertThat(Duration.between(simulated.eventTime(), simulator.time(n)))
            .as("number %s", n)
            .isBetween(Duration.ofMinutes(4), Duration.ofHours(6));
      }
    }
  }

  @Test
  void skewShowsInTheSendingTimeAndCanBeCorrected() {
    simulator
        .events(0, MANY)
        .filter(simulated -> simulated.kind() == Kind.SKEWED)
        .forEach(
            simulated -> {
              JsonNode event = Parsed.of(simulated);
              Instant device = Parsed.time(event.get("event_time"));
              Instant sent = Parsed.time(event.get("sent_at"));
              Instant received = Parsed.time(event.get("received_at"));
              Duration correction = Duration.between(sent, received);
              assertThat(correction.abs()).isGreaterThan(Duration.ofMinutes(1));
              assertThat(Duration.between(device, sent))
                  .isBetween(Duration.ZERO, Duration.ofHours(24));
              assertThat(Duration.between(simulated.eventTime(), device.plus(correction)))
                  .isBetween(Duration.ZERO, Duration.ofSeconds(1));
            });
  }

  @Test
  void aKeyIsOneCustomerAndACustomerOneKey() {
    Intake intake = new Intake();
    Map<String, String> customerOfKey = new HashMap<>();
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      if (simulated.kind() != Kind.BROKEN) {
        String customer = taken(n, intake.read(n, simulated)).customerId();
        String before = customerOfKey.putIfAbsent(simulated.key(), customer);
        if (before != null && !before.equals(customer)) {
          fail("number %s: %s was another customer before", n, simulated.key());
        }
      }
    }
    assertThat(Set.copyOf(customerOfKey.values())).hasSameSizeAs(customerOfKey.keySet());
  }

  @Test
  void numbersThatDoNotExistAreRefused() {
    assertThatThrownBy(() -> simulator.event(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> simulator.event(simulator.maxNumber() + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(simulator.event(simulator.maxNumber()).value()).isNotEmpty();
    assertThat(simulator.time(simulator.maxNumber()))
        .isAfter(Instant.parse("2124-01-01T00:00:00Z"));
  }

  private static BehaviorEvent taken(long n, ParseResult result) {
    if (result instanceof ParseResult.Valid valid) {
      return valid.event();
    }
    throw new AssertionError("number " + n + ": " + result);
  }

  private static void assertSame(long n, SimulatedRecord one, SimulatedRecord other) {
    assertThat(one.value()).as("number %s", n).isEqualTo(other.value());
    assertThat(one.key()).isEqualTo(other.key());
    assertThat(one.eventTime()).isEqualTo(other.eventTime());
    assertThat(one.kind()).isEqualTo(other.kind());
  }

  /** Within five standard errors, which one seed of a million misses by chance. */
  private static void assertShare(long count, double share) {
    assertThat((double) count / MANY)
        .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / MANY)));
  }
}
