package io.customerpulse.behavior.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under every policy of silence, and with the population counted: wherever the operator that
 * decides about customers is stopped and restored, and however few of them its cache holds, it
 * sends what one sends that never stops.
 */
class CustomerRestartPropertyTest {
  private static final int CUSTOMERS = 15;
  private static final int STEPS = 250;
  private static final Instant START = Instant.parse("2023-03-01T00:00:00Z");
  private static final Duration AFTERWARDS = Duration.ofDays(1200);
  private static final RuleSet RULES =
      RuleReader.read(
          "rules",
          """
          rules:
            - {id: cart, kind: cart_abandonment, backfill: true}
            - {id: risk, kind: stage_entered, stages: [at_risk, dormant, lost], backfill: true}
          """);

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "cadence", "probability"})
  void restartsChangeNothing(String policy) throws Exception {
    Settings settings =
        SettingsText.read("time: {clock: event}\nlifecycle: {policy: " + policy + "}");
    for (long seed : Seeds.of(getClass(), 1, 1)) {
      List<String> expected = run(new HashMapStateBackend(), settings, seed, false);
      StateBackend backend =
          seed % 2 == 0 ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(false);
      assertThat(run(backend, settings, seed, true))
          .as("policy %s, seed %d", policy, seed)
          .isEqualTo(expected);
      assertThat(topics(expected))
          .as("policy %s, seed %d", policy, seed)
          .contains(
              Topic.LIFECYCLE_TRANSITIONS.wireName(), Topic.MARKETING_TRIGGERS.wireName(), "move");
    }
  }

  private static List<String> run(
      StateBackend backend, Settings settings, long seed, boolean interrupted) throws Exception {
    Random story = new Random(seed);
    Random interruptions = new Random(~seed);
    Instant now = START;
    try (CustomerHarness operator =
        new CustomerHarness(
            backend, settings, RULES, interrupted ? 1 + interruptions.nextInt(4) : CUSTOMERS)) {
      List<String> sent = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        if (story.nextInt(3) == 0) {
          operator.watermark(now.toEpochMilli());
        }
        now = now.plusMillis(story.nextLong(Duration.ofDays(4).toMillis()));
        operator.event(event(story, step, now));
        if (interrupted && interruptions.nextInt(20) == 0) {
          operator.restart(settings);
        }
      }
      operator.watermark(now.plus(AFTERWARDS).toEpochMilli());
      operator.takeRecords().forEach(record -> sent.add(text(record)));
      operator.moves().forEach(move -> sent.add("move " + move));
      sent.sort(null);
      return sent;
    }
  }

  private static BehaviorEvent event(Random story, int step, Instant now) {
    String who = "c" + story.nextInt(CUSTOMERS);
    return switch (story.nextInt(10)) {
      case 0 ->
          Tracked.event(
              who,
              now,
              "refund",
              String.format(
                  Locale.ROOT,
                  "'order_id':'%s-%d','refund_id':'r%d','amount_minor':60",
                  who,
                  step - 1 - story.nextInt(40),
                  step));
      case 1 ->
          Tracked.event(
              who,
              now,
              "cart",
              String.format(
                  Locale.ROOT,
                  "'action':'add','lines':[{'sku_id':'K%d','unit_price_minor':990}]",
                  story.nextInt(9)));
      case 2 -> Tracked.event(who, now, "browse", "'page':'p'");
      case 3 ->
          story.nextInt(8) == 0
              ? Tracked.event(who, now, "erase", "'request_id':'e'")
              : Tracked.event(who, now, "click", "'element_id':'b'");
      default -> Tracked.paid(who, now, who + "-" + step, 50 + story.nextInt(5000));
    };
  }

  private static String text(TopicRecord record) {
    String value = record.isTombstone() ? "" : HexFormat.of().formatHex(record.value());
    return record.topic().wireName() + ' ' + record.key() + ' ' + value;
  }

  private static Set<String> topics(List<String> sent) {
    return new TreeSet<>(sent.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
  }
}
