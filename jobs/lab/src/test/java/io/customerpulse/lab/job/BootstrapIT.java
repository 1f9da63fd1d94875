package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.history.replay.BootstrapCommand;
import io.customerpulse.history.replay.ReplayCommand;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A stream of events that is cut in two: the first part goes into a savepoint as history, the job
 * goes on from there with what the broker has. A replay of the whole says what must come of it.
 */
@Timeout(600)
class BootstrapIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int RECORDS = 12_000;
  private static final Duration SPAN = Duration.ofDays(75);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration BOUND = Duration.ofMinutes(1);

  /** What a profile says that doesn't depend on the moment at which it was written. */
  private static final List<String> LASTING =
      List.of(
          "identifiers",
          "first_seen_at",
          "first_order_at",
          "last_order_at",
          "orders",
          "net_spend_minor",
          "unmatched_refunds_minor",
          "stage",
          "stage_since",
          "cart_value_minor",
          "cart_lines",
          "birthday",
          "zone",
          "level",
          "city",
          "marketing_consent",
          "attributes");

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

  @ParameterizedTest
  @CsvSource({"1,thresholds", "2,quintiles"})
  void whatComesAfterTheSeamIsAsIfThereWereNone(long seed, String scoring) throws Exception {
    Random random = new Random(seed);
    Simulator simulator = simulator(seed);
    Instant seam =
        simulator
            .time(RECORDS / 3 + random.nextInt(RECORDS / 3))
            .plusMillis(random.nextInt(60_000))
            .truncatedTo(ChronoUnit.MILLIS);
    List<SimulatedRecord> all = simulator.events(0, RECORDS).toList();
    Path rules = rules();
    Path savepoint = directory.resolve("savepoint");
    Instant end = simulator.time(RECORDS).plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);
    try (JobUnderTest job =
        JobUnderTest.on(
            broker,
            "bootstrap-" + seed,
            directory,
            "time: {clock: event}\nrfm: {scoring: " + scoring + "}")) {
      Predicate<SimulatedRecord> onBroker =
          record -> record.eventTime().isAfter(seam.minus(Duration.ofHours(20)));
      all.stream().filter(onBroker).forEach(record -> job.send(record.value(), record.eventTime()));
      job.flush();
      // History knows a little more than it is asked for.
      Path history =
          write("history.jsonl", all, record -> record.eventTime().isBefore(seam.plus(BOUND)));

      String said =
          bootstrap(history, seam, job, rules, savepoint, "--parallelism", 1 + random.nextInt(3));

      assertThat(said)
          .contains("Go on with: scripts/submit behavior --from " + savepoint)
          .as("the first hours on the broker are left out")
          .containsPattern("from offset [1-9]");
      try (Stream<Path> files = Files.list(savepoint)) {
        assertThat(files)
            .as("state in files, not in the memory of one process")
            .hasSizeGreaterThan(1);
      }
      job.with(RuleReader.read(rules));
      job.startFrom(savepoint);
      job.sendToEveryPartition(closing(end));

      Path whole = write("whole.jsonl", all, record -> true);
      Path result = directory.resolve("result");
      call(
          new ReplayCommand(),
          "--input",
          whole,
          "--out",
          result,
          "--as-of",
          end.minus(BOUND).minusMillis(1),
          "--config",
          job.config(),
          "--rules",
          rules);
      List<String> events = after(seam, result, "behavior_events.jsonl", "event_time");
      assertThat(job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, events.size()))
          .hasSize(events.size());

      // Live, the cuts of a midnight come seconds later, which here is days.
      Instant cutsAreKnown = scoring.equals("quintiles") ? nextCuts(seam) : Instant.MAX;
      assertThat(lines(job, Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class))
          .as("events, seed %d, seam %s", seed, seam)
          .containsExactlyInAnyOrderElementsOf(events);
      assertThat(lines(job, Topic.LIFECYCLE_TRANSITIONS, LifecycleTransitionRecord.class))
          .as("transitions, seed %d, seam %s", seed, seam)
          .containsExactlyInAnyOrderElementsOf(
              after(seam, result, "lifecycle_transitions.jsonl", "at"));
      assertThat(
              scoredOnlyUntil(
                  cutsAreKnown, lines(job, Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class)))
          .as("triggers, seed %d, seam %s", seed, seam)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              scoredOnlyUntil(cutsAreKnown, after(seam, result, "triggers.jsonl", "fired_at")));
      assertThat(lines(job, Topic.TRIGGER_OUTCOMES, TriggerOutcomeRecord.class))
          .as("outcomes, seed %d, seam %s", seed, seam)
          .containsExactlyInAnyOrderElementsOf(after(seam, result, "trigger_outcomes.jsonl", "at"));
      Map<String, String> profiles =
          lasting(lines(job, Topic.CUSTOMER_PROFILES, CustomerProfileRecord.class));
      assertThat(lasting(Files.readAllLines(result.resolve("customer_profiles.jsonl"))))
          .as("profiles, seed %d, seam %s", seed, seam)
          .containsAllEntriesOf(profiles);
    }
  }

  /** History that ended ten days ago: the clock on the wall says what is still worth sending. */
  @Test
  void noStepThatWentStaleMeanwhileIsSent() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant seam = now.minus(Duration.ofDays(10));
    Path history =
        Files.writeString(
            directory.resolve("history.jsonl"),
            String.format(
                Locale.ROOT,
                """
            {"type":"cart","app_id":"a","event_time":"%s","user_id":"left-a-cart","properties":{"action":"add","lines":[{"sku_id":"K","quantity":1,"unit_price_minor":100}]}}
            {"type":"purchase","app_id":"a","event_time":"%s","user_id":"bought","properties":{"order_id":"o1","amount_minor":100}}
            """,
                seam.minus(Duration.ofMinutes(30)),
                now.minus(Duration.ofHours(264 + 1))));
    Path rules =
        Files.writeString(
            directory.resolve("rules.yaml"),
            """
            rules:
              - {id: cart, version: 1, kind: cart_abandonment, steps: [1h, 24h], valid_for: 12h,
                 quiet_hours: none}
              - {id: thanks, version: 1, kind: post_purchase, steps: [264h], valid_for: 24h,
                 quiet_hours: none}
            """);
    Path savepoint = directory.resolve("savepoint");
    try (JobUnderTest job = JobUnderTest.on(broker, "stale", directory, "time: {clock: wall}")) {
      bootstrap(history, seam, job, rules, savepoint);
      job.with(RuleReader.read(rules));
      job.startFrom(savepoint);
      job.sendToEveryPartition(closing(now));

      assertThat(job.read(Topic.TRIGGER_OUTCOMES, TriggerOutcomeRecord.class, 2))
          .extracting(
              outcome -> outcome.getRuleId(),
              outcome -> outcome.getStep(),
              outcome -> outcome.getOutcome().toString())
          .containsExactlyInAnyOrder(tuple("cart", 1, "EXPIRED"), tuple("cart", 2, "EXPIRED"));
      assertThat(job.readAll(Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class))
          .extracting(trigger -> trigger.getRuleId() + ' ' + trigger.getAction())
          .as("an hour late, and valid for a day")
          .containsExactly("thanks FIRE");
    }
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsBegun() throws Exception {
    Path full = Files.createDirectory(directory.resolve("full"));
    Files.createFile(full.resolve("letter.txt"));
    StringWriter err = new StringWriter();

    int code =
        command(new BootstrapCommand(), err)
            .execute(
                "--input", directory.resolve("missing.jsonl").toString(),
                "--out", full.toString(),
                "--start-from", "yesterday");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("missing.jsonl")
        .contains("letter.txt")
        .contains("--start-from: 'yesterday'");
  }

  /** When cuts take effect that are taken after an instant. */
  private static Instant nextCuts(Instant at) {
    return LocalDate.ofInstant(at, ZONE)
        .plusDays(1)
        .atStartOfDay(ZONE)
        .toInstant()
        .plus(CutSchedule.EFFECTIVE_AFTER)
        .minusMillis(1);
  }

  private static Simulator simulator(long seed) {
    return new Simulator(
        SimulatorSettings.builder()
            .seed(seed)
            .customers(250)
            .spanning(SPAN, RECORDS)
            .proportions(new Proportions(0.02, 0, 0, 0, 0, 0))
            .build());
  }

  private Path rules() throws IOException {
    return Files.writeString(
        directory.resolve("rules.yaml"),
        """
        rules:
          - {id: cart, version: 1, kind: cart_abandonment, steps: [1h, 24h, 72h], valid_for: 12h,
             cap: {count: 3, per: 7d}}
          - {id: win-back, version: 1, kind: reactivation, stage: at_risk, inactive_for: 7d,
             steps: [0s, 7d], valid_for: 24h}
          - {id: thanks, version: 1, kind: post_purchase, steps: [48h], valid_for: 24h}
          - {id: risk, version: 1, kind: stage_entered, stages: [at_risk], steps: [0s],
             valid_for: 24h}
        """);
  }

  private Path write(String name, List<SimulatedRecord> records, Predicate<SimulatedRecord> which)
      throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (SimulatedRecord record : records) {
        if (which.test(record)) {
          out.write(record.value());
          out.write('\n');
        }
      }
    }
    return file;
  }

  private static String bootstrap(
      Path history, Instant asOf, JobUnderTest job, Path rules, Path savepoint, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", history, "--out", savepoint, "--as-of", asOf));
    arguments.addAll(List.of("--config", job.config(), "--rules", rules));
    arguments.addAll(List.of(more));
    return call(new BootstrapCommand(), arguments.toArray());
  }

  private static String call(Object command, Object... arguments) {
    StringWriter said = new StringWriter();
    String[] all = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    assertThat(command(command, said).execute(all)).as(said.toString()).isZero();
    return said.toString();
  }

  private static CommandLine command(Object command, StringWriter said) {
    PrintWriter out = new PrintWriter(said, true);
    return CustomerPulseCommand.configured(new CommandLine(command).setOut(out), out);
  }

  /** Somebody who comes later and whom nobody asks for: event time is the only clock. */
  private static String closing(Instant at) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"erase\",\"app_id\":\"a\",\"event_time\":\"%s\",\"openid\":\"closing\",\"properties\":{\"request_id\":\"%s\"}}",
        at,
        at);
  }

  private static <T extends SpecificRecordBase> List<String> lines(
      JobUnderTest job, Topic topic, Class<T> type) throws Exception {
    JsonRendering json = new JsonRendering();
    return job.readAll(topic, type).stream().map(json::line).toList();
  }

  private static List<String> after(Instant seam, Path result, String file, String time)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(result.resolve(file))) {
      if (Instant.parse(JSON.readTree(line).get(time).asText()).isAfter(seam)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The lines without the scores of those that fired later. */
  private static List<String> scoredOnlyUntil(Instant until, List<String> triggers)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : triggers) {
      JsonNode trigger = JSON.readTree(line);
      lines.add(
          Instant.parse(trigger.get("fired_at").asText()).isAfter(until)
              ? line.replaceAll("\"([rfm]_score|cuts_version)\":(\"[^\"]*\"|[^,}]*)", "\"$1\":\"\"")
              : line);
    }
    return lines;
  }

  private static Map<String, String> lasting(List<String> profiles) throws IOException {
    Map<String, String> byCustomer = new TreeMap<>();
    for (String line : profiles) {
      JsonNode profile = JSON.readTree(line);
      StringBuilder values = new StringBuilder();
      for (String field : LASTING) {
        values.append(field).append('=').append(profile.get(field)).append(' ');
      }
      byCustomer.put(profile.get("customer_id").asText(), values.toString());
    }
    return byCustomer;
  }
}
