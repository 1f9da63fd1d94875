package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.history.replay.ReplayCommand;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The job as production runs it, from a real broker to a real broker. */
@Timeout(600)
class BehaviorJobIT {
  private static final int RECORDS = 8_000;
  private static final Path RULES = Path.of("../../config/rules");

  /** {@code time.out_of_orderness}, as it is by default. */
  private static final Duration BOUND = Duration.ofMinutes(1);

  private static LocalBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aCartThatIsLeftIsRememberedThoughAllTrafficHasStopped(TestInfo test) throws Exception {
    JobUnderTest job =
        JobUnderTest.on(broker, test, directory, "time: {clock: wall, out_of_orderness: 1s}")
            .with(
                RuleReader.read(
                    "rules",
                    """
                    rules:
                      - {id: soon, version: 1, kind: cart_abandonment, steps: [3s],
                         quiet_hours: none, valid_for: 1h}
                    """));
    Instant leftAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (job) {
      job.start();
      job.send(
          String.format(
              Locale.ROOT,
              """
          {"type":"cart","app_id":"wx1","event_time":"%s","openid":"oA","properties":
           {"action":"add","lines":[{"sku_id":"K1","unit_price_minor":1990}]}}
          """,
              leftAt));

      MarketingTriggerRecord trigger =
          job.read(Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class, 1).get(0);
      assertThat(trigger.getRuleId()).isEqualTo("soon");
      assertThat(trigger.getDueAt()).isEqualTo(leftAt.plusSeconds(3));
      assertThat(trigger.getEvidence().getLines()).hasSize(1);
    }
  }

  @Test
  void aJobRestoredFromItsCheckpointUnderLoadLosesAndRepeatsNothing(TestInfo test)
      throws Exception {
    Simulator simulator =
        new Simulator(
            SimulatorSettings.builder()
                .seed(5)
                .customers(300)
                .interval(Duration.ofSeconds(30))
                .proportions(Proportions.flawless())
                .build());
    // Fixed scores: the cuts of a midnight would come later than in the replay below.
    JobUnderTest job =
        JobUnderTest.on(broker, test, directory, "time: {clock: event}\nrfm: {scoring: thresholds}")
            .with(RuleReader.read(RULES));
    Instant end = simulator.time(RECORDS - 1).plus(Duration.ofDays(1));
    try (job) {
      job.start();
      job.send(simulator.events(0, RECORDS / 2).map(SimulatedRecord::value));
      // Something is committed, so a checkpoint lies behind.
      assertThat(job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, 1)).isNotEmpty();
      job.send(simulator.events(RECORDS / 2, RECORDS * 3 / 4).map(SimulatedRecord::value));
      job.cancel();
      job.send(simulator.events(RECORDS * 3 / 4, RECORDS).map(SimulatedRecord::value));
      job.restoreFromLatestCheckpoint();
      job.sendToEveryPartition(closing(end));

      List<BehaviorEventRecord> events =
          job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, RECORDS);
      assertThat(events.stream().map(BehaviorEventRecord::getEventId).sorted().toList())
          .as("every event once, of seed %d", simulator.settings().seed())
          .isEqualTo(eventIds(simulator));
      List<String> triggers =
          job.readAll(Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class).stream()
              .map(trigger -> trigger.getTriggerId() + ' ' + trigger.getAction())
              .toList();
      assertThat(triggers)
          .as("those of a replay that nothing stops")
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(replayedTriggers(simulator, end, job));
      assertThat(job.readAll(Topic.DEAD_LETTERS, DeadLetterRecord.class)).isEmpty();
    }
  }

  @Test
  void badInputOfEverySortIsTurnedAwayByItsCodeAndTheJobGoesOn(TestInfo test) throws Exception {
    Map<String, byte[]> bad = badInput();
    JobUnderTest job =
        JobUnderTest.on(broker, test, directory, "time: {clock: event}")
            .with(RuleReader.read(RULES));
    try (job) {
      job.start();
      for (byte[] value : bad.values()) {
        job.send(value);
      }
      job.send((byte[]) null);

      List<DeadLetterRecord> letters =
          job.read(Topic.DEAD_LETTERS, DeadLetterRecord.class, bad.size() + 1);
      Map<String, Long> expected = new TreeMap<>();
      bad.keySet().forEach(what -> expected.merge(what.split(":", -1)[0], 1L, Long::sum));
      expected.merge("not_json", 1L, Long::sum);
      Map<String, Long> found = new TreeMap<>();
      letters.forEach(letter -> found.merge(letter.getCode(), 1L, Long::sum));
      assertThat(found).isEqualTo(expected);
      assertThat(job.isRunning()).as("the job, which may not be restarted, still runs").isTrue();
    }
  }

  /** By the code that is expected, a colon, and what is wrong. */
  private static Map<String, byte[]> badInput() {
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("not_json:text", utf8("GET /track HTTP/1.1"));
    bad.put("not_json:nothing", new byte[0]);
    bad.put("not_json:null bytes", new byte[64]);
    bad.put("not_json:cut off", utf8("{\"type\":\"browse\","));
    bad.put("wrong_shape:deeply nested", utf8("[".repeat(200_000)));
    bad.put("wrong_shape:array", utf8("[1, 2]"));
    bad.put("wrong_shape:bare text", utf8("\"a page\""));
    bad.put("wrong_shape:properties", utf8(event("browse", "7")));
    bad.put("too_large:5 MB", utf8(event("browse", "{\"page\":\"" + "x".repeat(5 << 20) + "\"}")));
    bad.put("invalid_utf8:a lone byte", new byte[] {'{', '"', (byte) 0xFF, '"', '}'});
    bad.put("unknown_type:teleport", utf8(event("teleport", "{}")));
    bad.put(
        "no_identifier:none",
        utf8("{\"type\":\"browse\",\"app_id\":\"a\",\"event_time\":1709258400000}"));
    bad.put(
        "missing_field:app_id",
        utf8("{\"type\":\"browse\",\"openid\":\"o\",\"event_time\":1709258400000}"));
    bad.put("missing_field:lines", utf8(event("cart", "{\"action\":\"add\"}")));
    bad.put(
        "bad_value:no line that is one",
        utf8(event("cart", "{\"action\":\"add\",\"lines\":[{\"sku_id\":true,\"quantity\":2}]}")));
    for (String amount : List.of("1e30", "-5", "0.5", "99999999999999999999", "\"much\"")) {
      bad.put(
          "bad_value:amount " + amount,
          utf8(event("purchase", "{\"order_id\":\"o\",\"amount_minor\":" + amount + "}")));
    }
    bad.put("bad_value:no date", utf8(event("browse", "{}").replace("1709258400000", "\"soon\"")));
    bad.put(
        "event_time_out_of_range:1970",
        utf8(event("browse", "{}").replace("1709258400000", "1000")));
    bad.put(
        "wrong_currency:dollars",
        utf8(event("purchase", "{\"order_id\":\"o\",\"amount_minor\":5,\"currency\":\"USD\"}")));
    return bad;
  }

  private static String event(String type, String properties) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"%s\",\"app_id\":\"a\",\"openid\":\"o\",\"event_time\":1709258400000,"
            + "\"properties\":%s}",
        type,
        properties);
  }

  /** Somebody who comes later and whom nobody asks for: event time is the only clock. */
  private static String closing(Instant at) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"erase\",\"app_id\":\"a\",\"event_time\":\"%s\",\"openid\":\"closing\",\"properties\":{\"request_id\":\"%s\"}}",
        at,
        at);
  }

  private List<String> replayedTriggers(Simulator simulator, Instant end, JobUnderTest job)
      throws IOException {
    Path input = directory.resolve("replayed.jsonl");
    try (OutputStream out = Files.newOutputStream(input)) {
      for (byte[] event : simulator.events(0, RECORDS).map(SimulatedRecord::value).toList()) {
        out.write(event);
        out.write('\n');
      }
    }
    Path result = directory.resolve("replayed");
    StringWriter said = new StringWriter();
    int exitCode =
        CustomerPulseCommand.configured(
                new CommandLine(new ReplayCommand()), new PrintWriter(said, true))
            .execute(
                "--input", input.toString(),
                "--out", result.toString(),
                "--as-of", end.minus(BOUND).minusMillis(1).toString(),
                "--config", job.config().toString(),
                "--rules", RULES.toString());
    assertThat(exitCode).as(said.toString()).isZero();
    List<String> triggers = new ArrayList<>();
    for (String line : Files.readAllLines(result.resolve("triggers.jsonl"))) {
      JsonNode trigger = new JsonMapper().readTree(line);
      triggers.add(trigger.get("trigger_id").asText() + ' ' + trigger.get("action").asText());
    }
    return triggers;
  }

  private static List<String> eventIds(Simulator simulator) {
    List<String> ids = new ArrayList<>();
    LongStream.range(0, RECORDS)
        .mapToObj(number -> new String(simulator.event(number).value(), StandardCharsets.UTF_8))
        .forEach(json -> ids.add(json.replaceAll(".*\"event_id\":\"([^\"]*)\".*", "$1")));
    ids.sort(null);
    return ids;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
