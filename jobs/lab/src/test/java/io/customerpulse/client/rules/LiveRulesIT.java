package io.customerpulse.client.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.job.BehaviorJob;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.kafka.LocalFlink;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The rules of a running job, changed by the command on a real broker while events flow. Steps are
 * of seconds, so that the clock on the wall brings them about.
 */
@Timeout(120)
class LiveRulesIT {
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(40);
  private static final Duration POLL = Duration.ofMillis(100);

  private static LocalBroker broker;

  @TempDir private Path folder;

  private DeploymentSettings settings;
  private Path config;
  private KafkaProducer<String, byte[]> producer;
  private TopicReader reader;
  private final List<SpecificRecordBase> seen = new ArrayList<>();
  private JobClient job;
  private final AtomicInteger events = new AtomicInteger();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() throws Exception {
    config = folder.resolve("config.yaml");
    String prefix = "t" + System.nanoTime();
    StringBuilder topics = new StringBuilder();
    for (Topic topic : Topic.values()) {
      topics.append("    ").append(topic.wireName()).append(": ");
      topics.append(prefix).append('.').append(topic.wireName()).append('\n');
    }
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
            time: {out_of_orderness: 100ms}
            kafka:
              bootstrap_servers: "%s"
              topics:
            %sstate: {backend: hashmap, checkpoint_interval: 300ms, checkpoint_dir: "%s"}
            """,
            broker.bootstrapServers(),
            topics,
            folder.resolve("checkpoints").toUri()));
    settings = new DeploymentSettingsReader(name -> null).read(config);
    new KafkaTopics(settings.kafka())
        .createMissing(
            EnumSet.allOf(Topic.class),
            new KafkaTopics.Layout(2, Optional.empty(), Duration.ofDays(1)));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
    reader =
        new TopicReader(
            settings.kafka(),
            EnumSet.of(Topic.MARKETING_TRIGGERS, Topic.TRIGGER_OUTCOMES, Topic.DEAD_LETTERS),
            true);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      LocalFlink.cancel(job);
    }
    reader.close();
    producer.close();
  }

  private void startJob(String savepoint) throws Exception {
    RuleSet files = RuleReader.read("files.yaml", rule("from-files", 1, "1s", "activated_at: 0"));
    Configuration configuration =
        JobEnvironment.onLoopback(JobEnvironment.unbounded(settings.state()));
    if (savepoint != null) {
      configuration = LocalFlink.restoring(configuration, savepoint);
    }
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, 2);
    BehaviorJob.build(env, settings, files);
    job = env.executeAsync("live rules");
  }

  @Test
  void rulesTakeEffectWithoutARestartAndSurviveOne() throws Exception {
    startJob(null);
    cart("first");
    assertThat(triggerOf("first").getRuleId()).isEqualTo("from-files");

    // The published rule takes the place of the file's; at once, for a test needn't wait 30 s.
    publish(rule("from-files", 2, "2s", activeNow()));
    publish(rule("later", 1, "[2s, 12s]", activeNow()));
    cart("second");
    MarketingTriggerRecord second = triggerOf("second", "from-files");
    assertThat(second.getRuleVersion()).isEqualTo(2);
    triggerOf("second", "later");

    // Restarted between two steps of an episode: the version it began with goes on.
    String savepoint = LocalFlink.stopWithSavepoint(job, folder);
    job = null;
    publish(rule("later", 2, "[2s, 12s]", activeNow()));
    startJob(savepoint);
    MarketingTriggerRecord last =
        await(MarketingTriggerRecord.class, t -> t.getRuleId().equals("later") && t.getStep() == 2);
    assertThat(last.getRuleVersion()).isEqualTo(1);
    cart("third");
    assertThat(triggerOf("third", "later").getRuleVersion()).isEqualTo(2);
  }

  @Test
  void whatIsWrongIsRefusedByTheCommandAndByTheJob() throws Exception {
    publish(rule("good", 1, "1s", "activated_at: 0"));
    startJob(null);
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"),
            """
            rules:
              - {id: fine, kind: cart_abandonment}
              - {id: good, version: 2, kind: cart_abandonment, filter: "cart.valu > 1"}
            """);
    StringWriter err = new StringWriter();
    assertThat(rules(err, "publish", bad.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("bad.yaml:3", "rules[1].filter", "1:5");
    assertThat(published()).containsOnlyKeys("*:good");

    // Segments are names of the settings.
    String segments = "{id: vip, kind: segment_entered, segments: [champion]}";
    Path named = Files.writeString(folder.resolve("named.yaml"), "rules:\n  - " + segments);
    for (String subcommand : List.of("validate", "publish")) {
      StringWriter said = new StringWriter();
      assertThat(rules(said, subcommand, named.toString())).isEqualTo(2);
      assertThat(said.toString()).contains("named.yaml:2", "'champion' is no segment", "champions");
    }
    assertThat(published()).containsOnlyKeys("*:good");

    // Written by somebody who doesn't use the command.
    producer
        .send(
            new ProducerRecord<>(
                settings.kafka().topic(Topic.TRIGGER_RULES.wireName()),
                "*:good",
                "no Avro".getBytes(StandardCharsets.UTF_8)))
        .get();
    DeadLetterRecord letter =
        await(DeadLetterRecord.class, l -> l.getCode().equals("rule_invalid"));
    assertThat(letter.getMessage()).contains("*:good", "Not a TriggerRuleRecord");
    assertThat(letter.getRaw()).isEqualTo("no Avro");
    assertThat(letter.getSource()).contains("trigger-rules-");
    cart("after");
    assertThat(triggerOf("after", "good").getRuleVersion()).isEqualTo(1);
  }

  /** One transaction: what a command leaves half done when it dies is never seen. */
  @Test
  void severalRulesArePublishedTogetherOrNotAtAll() throws Exception {
    Path several = Files.createDirectory(folder.resolve("several"));
    for (String id : List.of("one", "two", "three")) {
      Files.writeString(several.resolve(id + ".yaml"), rule(id, 1, "1s", "activated_at: 0"));
    }
    String topic = settings.kafka().topic(Topic.TRIGGER_RULES.wireName());
    RuleRecords records = new RuleRecords();
    TriggerRuleRecord half =
        new TriggerRuleRecord("*", "half", List.of(), true, null, false, Instant.EPOCH);
    try (KafkaProducer<String, byte[]> dying = transactional("customer-pulse-rules-" + topic)) {
      dying.initTransactions();
      dying.beginTransaction();
      dying.send(new ProducerRecord<>(topic, "*:half", records.encode(half))).get();
      StringWriter err = new StringWriter();
      assertThat(rules(err, "publish", several.toString())).as(err::toString).isZero();
      assertThat(published()).containsOnlyKeys("*:one", "*:two", "*:three");
      assertThatThrownBy(dying::commitTransaction).isInstanceOf(KafkaException.class);
    }
    assertThat(published()).containsOnlyKeys("*:one", "*:two", "*:three");
    // The job reads to the end of such a log as well, markers and all.
    startJob(null);
    cart("after");
    triggerOf("after", "three");
  }

  private KafkaProducer<String, byte[]> transactional(String id) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /**
   * Carts are left all the time, so that something falls due every few milliseconds. From the
   * moment the command returns it takes no two seconds until nothing is sent any more: not of what
   * falls due later, nor by a decision that is made later.
   */
  @Test
  void aPauseActsWithinTwoSeconds() throws Exception {
    startJob(null);
    cart("before");
    triggerOf("before");
    CartLeaver leaver = new CartLeaver();
    leaver.start();
    await(MarketingTriggerRecord.class, t -> t.getEvidence().getCartId().startsWith("flow-9"));
    Instant asked = Instant.now();
    assertThat(rules(new StringWriter(), "pause", "--all")).isZero();
    Instant returned = Instant.now();
    // What was left three seconds later has been judged: all before it has been, too.
    TriggerOutcomeRecord last =
        await(
            TriggerOutcomeRecord.class,
            o -> "paused".equals(o.getReason()) && o.getAt().isAfter(returned.plusSeconds(3)));
    leaver.finish();
    Instant lastFire =
        seen.stream()
            .filter(MarketingTriggerRecord.class::isInstance)
            .map(record -> ((MarketingTriggerRecord) record).getFiredAt())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Instant firstPaused =
        seen.stream()
            .filter(record -> record instanceof TriggerOutcomeRecord o && isPaused(o))
            .map(record -> ((TriggerOutcomeRecord) record).getAt())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "The command took %d ms; the last fire fell due %d ms after it returned, the first step"
            + " held back %d ms%n",
        Duration.between(asked, returned).toMillis(),
        Duration.between(returned, lastFire).toMillis(),
        Duration.between(returned, firstPaused).toMillis());
    assertThat(lastFire).isBefore(returned.plusSeconds(2));
    assertThat(firstPaused).isBefore(returned.plusSeconds(2));
    assertThat(last.getAt()).isAfter(lastFire);
  }

  private static boolean isPaused(TriggerOutcomeRecord outcome) {
    return "paused".equals(outcome.getReason());
  }

  /** Customers who fill a cart and leave it, one every twenty milliseconds. */
  private final class CartLeaver {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread thread = new Thread(this::leave, "cart leaver");

    void start() {
      thread.start();
    }

    private void leave() {
      try {
        for (int i = 0; !finished.await(20, TimeUnit.MILLISECONDS); i++) {
          cart("flow-" + i);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void finish() throws InterruptedException {
      finished.countDown();
      thread.join();
    }
  }

  @Test
  void whatFallsDueDuringAPauseIsNeverSent() throws Exception {
    startJob(null);
    cart("before");
    triggerOf("before");
    assertThat(rules(new StringWriter(), "pause", "--all")).isZero();
    // Its step falls due one second after the command has ended.
    cart("paused");
    TriggerOutcomeRecord outcome =
        await(TriggerOutcomeRecord.class, o -> "paused".equals(o.getReason()));
    assertThat(outcome.getRuleId()).isEqualTo("from-files");
    assertThat(rules(new StringWriter(), "resume", "--all")).isZero();
    cart("resumed");
    triggerOf("resumed");
    assertThat(seen.stream().filter(r -> isTriggerOf(r, "paused"))).isEmpty();
  }

  @Test
  void theListShowsWhatWasSaidOfEachRule() throws Exception {
    Path files = Files.writeString(folder.resolve("files.yaml"), rule("from-files", 1, "1s", ""));
    assertThat(list()).containsExactly("No rule is published; jobs use those of their own files.");
    publish(rule("one", 1, "1s", "activated_at: 0"));
    publish(rule("two", 3, "1s", "activated_at: 0"), "--tenant", "acme");
    StringWriter err = new StringWriter();
    assertThat(rules(err, "retire", "one", "--end-live")).as(err::toString).isZero();
    assertThat(rules(err, "pause", "from-files", "--rules", files.toString()))
        .as(err::toString)
        .isZero();
    assertThat(list())
        .anyMatch(line -> line.matches("one +all +1 +cart_abandonment +retired from .+ with .+"))
        .anyMatch(line -> line.matches("two +acme +3 +cart_abandonment +active +1970-.+"))
        .anyMatch(line -> line.matches("from-files +all +files +paused"));
    assertThat(rules(err, "pause", "on", "--rules", files.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean one?", "allowed: from-files, one");
    assertThat(rules(err, "resume")).isEqualTo(2);
  }

  private List<String> list() {
    StringWriter out = new StringWriter();
    new CommandLine(new RulesCommand())
        .setOut(new PrintWriter(out, true))
        .execute("list", "--config", config.toString());
    return out.toString().lines().toList();
  }

  private Map<String, byte[]> published() throws InterruptedException {
    return new RuleTopic(settings.kafka()).read();
  }

  private void publish(String rule, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("rule.yaml"), rule);
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(List.of(more));
    StringWriter err = new StringWriter();
    assertThat(rules(err, "publish", arguments.toArray(String[]::new))).as(err::toString).isZero();
  }

  private int rules(StringWriter err, String subcommand, String... arguments) {
    List<String> all = new ArrayList<>(List.of(subcommand, "--config", config.toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new RulesCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              err.write(failure.getMessage());
              return failure instanceof ConfigurationException ? 2 : 1;
            })
        .execute(all.toArray(String[]::new));
  }

  private static String activeNow() {
    return "activated_at: " + Instant.now().minusSeconds(1).toEpochMilli();
  }

  private static String rule(String id, int version, String steps, String more) {
    String list = steps.startsWith("[") ? steps : "[" + steps + "]";
    return String.format(
        Locale.ROOT,
        """
        rules:
          - id: %s
            version: %d
            kind: cart_abandonment
            steps: %s
            cooldown: none
            quiet_hours: none
            %s
        """,
        id,
        version,
        list,
        more);
  }

  /** A new customer fills a cart. */
  private void cart(String customer) throws Exception {
    String event =
        String.format(
                Locale.ROOT,
                """
                {"event_id": "e%d", "type": "cart", "app_id": "wx1", "event_time": "%s", "openid": "%s",
                 "properties": {"action": "add", "cart_id": "%s",
                  "lines": [{"sku_id": "K1", "unit_price_minor": 100}]}}
                """,
                events.getAndIncrement(),
                Instant.now(),
                customer,
                customer)
            .replace('\n', ' ');
    producer
        .send(
            new ProducerRecord<>(
                settings.kafka().topic(Topic.TRACKING_EVENTS.wireName()),
                customer,
                event.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private MarketingTriggerRecord triggerOf(String cart) {
    return await(MarketingTriggerRecord.class, t -> isTriggerOf(t, cart));
  }

  private MarketingTriggerRecord triggerOf(String cart, String ruleId) {
    return await(
        MarketingTriggerRecord.class, t -> isTriggerOf(t, cart) && t.getRuleId().equals(ruleId));
  }

  private static boolean isTriggerOf(SpecificRecordBase record, String cart) {
    return record instanceof MarketingTriggerRecord trigger
        && cart.equals(trigger.getEvidence().getCartId());
  }

  /** Reads on until a record has come that is wanted. */
  private <T extends SpecificRecordBase> T await(Class<T> kind, Predicate<T> wanted) {
    long giveUp = System.nanoTime() + SEEN_WITHIN.toNanos();
    while (System.nanoTime() < giveUp) {
      for (SpecificRecordBase record : seen) {
        if (kind.isInstance(record) && wanted.test(kind.cast(record))) {
          return kind.cast(record);
        }
      }
      for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
        String wireName = record.topic().substring(record.topic().indexOf('.') + 1);
        Topic topic = Topic.ofWireName(wireName).orElseThrow();
        seen.add(TopicEncodings.of(topic).orElseThrow().decode(record.value()));
      }
    }
    throw new AssertionError("Not seen; what came was " + seen);
  }
}
