package io.customerpulse.behavior.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsText;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A snapshot that was taken under one policy of silence is restored under another. From then on
 * each buyer, without an event, enters each stage at the very millisecond that the new policy says:
 * not at those for which timers were armed before.
 */
class PolicySwitchTest {
  /** More than one slice of those who ask again, and far more than the cache holds. */
  private static final int BUYERS = 300;

  private static final int CACHED = 20;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long SWITCH = Instant.parse("2024-03-01T04:00:00Z").toEpochMilli();
  private static final double P_AT_RISK = 0.5;
  private static final double P_DORMANT = 0.25;
  private static final double P_LOST = 0.05;

  private final AvroEncoding<LifecycleTransitionRecord> transitions =
      new AvroEncoding<>(LifecycleTransitionRecord.class);

  /** Three orders, at least eight days apart, in milliseconds. */
  private record Buyer(String id, String customerId, long first, long second, long last) {

    static Buyer random(int number, Random random) {
      long last = SWITCH - random.nextLong(5 * DAY);
      long second = last - 8 * DAY - random.nextLong(12 * DAY);
      long first = second - 8 * DAY - random.nextLong(12 * DAY);
      String id = "b" + number;
      String customerId =
          Tracked.paid(id, Instant.ofEpochMilli(first), "any", 1).customer().customerId();
      return new Buyer(id, customerId, first, second, last);
    }

    /** When AT_RISK, DORMANT and LOST begin, worked out anew from the definitions. */
    List<Long> moments(Settings.Policy policy) {
      return switch (policy) {
        case FIXED -> List.of(last + 30 * DAY, last + 90 * DAY, last + 365 * DAY);
        case CADENCE -> {
          // Twice the mean of the two gaps, which is whole; three quarters of it rounded up.
          long twice = Math.max(20 * DAY, last - first);
          yield List.of(last + (3 * twice + 3) / 4, last + twice, last + 2 * twice);
        }
        case PROBABILITY ->
            List.of(
                Math.min(last + 50 * DAY, firstMilli(at -> alive(at) <= P_AT_RISK)),
                Math.min(last + 200 * DAY, firstMilli(at -> alive(at) <= P_DORMANT)),
                Math.min(last + 300 * DAY, firstMilli(at -> alive(at) <= P_LOST)));
      };
    }

    private double alive(long at) {
      double week = 7.0 * DAY;
      double base = (6.183 + (at - first) / week) / (6.183 + (last - first) / week);
      return 1 / (1 + 0.891 / (1.614 + 2) * Math.pow(base, 0.525 + 2));
    }

    /** By halving, since it only falls. */
    private long firstMilli(LongPredicate fallen) {
      long not = last;
      long has = last + 3000 * DAY;
      while (has - not > 1) {
        long middle = not + (has - not) / 2;
        if (fallen.test(middle)) {
          has = middle;
        } else {
          not = middle;
        }
      }
      return has;
    }
  }

  @ParameterizedTest(name = "{0} to {1}, {2}")
  @CsvSource({
    "FIXED, CADENCE, rocksdb",
    "FIXED, PROBABILITY, hashmap",
    "CADENCE, FIXED, hashmap",
    "PROBABILITY, FIXED, rocksdb",
    "CADENCE, PROBABILITY, hashmap",
    "PROBABILITY, CADENCE, hashmap"
  })
  void everyStageIsEnteredAtTheMillisecondOfTheNewPolicy(
      Settings.Policy before, Settings.Policy after, String backend) throws Exception {
    Seeds.tryEach(getClass(), 1, 1, seed -> switchPolicy(before, after, backend, seed));
  }

  private void switchPolicy(
      Settings.Policy before, Settings.Policy after, String backend, long seed) throws Exception {
    Random random = new Random(seed);
    List<Buyer> buyers = new ArrayList<>();
    for (int i = 0; i < BUYERS; i++) {
      buyers.add(Buyer.random(i, random));
    }
    SortedMap<Long, Set<String>> expected = expected(buyers, after);
    assertThat(expected).isNotEmpty();
    try (CustomerHarness operator =
        new CustomerHarness(
            backend.equals("rocksdb")
                ? new EmbeddedRocksDBStateBackend(false)
                : new HashMapStateBackend(),
            settings(before),
            RuleSet.EMPTY,
            CACHED)) {
      buy(operator, buyers);
      operator.restart(settings(after));
      operator.pass(200);
      assertThat(entered(operator)).as("stages by time at the switch").isEmpty();
      for (Long at : expected.keySet()) {
        operator.watermark(at - 1);
        assertThat(entered(operator)).as("before %d", at).isEmpty();
        operator.watermark(at);
        assertThat(entered(operator)).as("at %d", at).isEqualTo(expected.get(at));
      }
      operator.watermark(SWITCH + 4000 * DAY);
      assertThat(entered(operator)).as("at the end").isEmpty();
    }
  }

  private static void buy(CustomerHarness operator, List<Buyer> buyers) throws Exception {
    TreeMap<Long, List<Buyer>> byTime = new TreeMap<>();
    for (Buyer buyer : buyers) {
      for (long at : List.of(buyer.first(), buyer.second(), buyer.last())) {
        byTime.computeIfAbsent(at, time -> new ArrayList<>()).add(buyer);
      }
    }
    for (var entry : byTime.entrySet()) {
      for (Buyer buyer : entry.getValue()) {
        operator.event(
            Tracked.paid(
                buyer.id(),
                Instant.ofEpochMilli(entry.getKey()),
                buyer.id() + '/' + entry.getKey(),
                100));
      }
      operator.watermark(entry.getKey());
    }
    operator.watermark(SWITCH);
    operator.takeRecords();
  }

  private static SortedMap<Long, Set<String>> expected(List<Buyer> buyers, Settings.Policy policy) {
    SortedMap<Long, Set<String>> expected = new TreeMap<>();
    List<String> stages = List.of("AT_RISK", "DORMANT", "LOST");
    for (Buyer buyer : buyers) {
      List<Long> moments = buyer.moments(policy);
      for (int i = 0; i < stages.size(); i++) {
        expected
            .computeIfAbsent(moments.get(i), at -> new TreeSet<>())
            .add(entry(buyer.customerId(), stages.get(i), moments.get(i)));
      }
    }
    return expected;
  }

  private static String entry(String customer, String stage, long atMillis) {
    return customer + ' ' + stage + ' ' + Instant.ofEpochMilli(atMillis);
  }

  private Set<String> entered(CustomerHarness operator) {
    Set<String> entered = new TreeSet<>();
    operator.takeRecords().stream()
        .filter(record -> record.topic() == Topic.LIFECYCLE_TRANSITIONS)
        .map(record -> transitions.decode(record.value()))
        .forEach(
            transition ->
                entered.add(
                    entry(
                        transition.getCustomerId(),
                        transition.getTo().toString(),
                        transition.getAt().toEpochMilli())));
    return entered;
  }

  private static Settings settings(Settings.Policy policy) {
    return SettingsText.read(
        String.format(
            Locale.ROOT,
            """
            time: {clock: event}
            lifecycle: {policy: %s, probability_latest: [50d, 200d, 300d]}
            """,
            policy.name().toLowerCase(Locale.ROOT)));
  }
}
