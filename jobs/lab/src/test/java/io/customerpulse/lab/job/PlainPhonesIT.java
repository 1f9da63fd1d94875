package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.testutils.logging.LoggerAuditingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.CompressionType;
import org.slf4j.event.Level;

/**
 * A number that was sent as a phone, or stood where it is masked, is found in nothing that the job
 * keeps or writes, whatever becomes of its event.
 */
@Timeout(600)
class PlainPhonesIT {
  private static final Instant START = Instant.parse("2024-03-01T10:00:00Z");
  private static final int MOST_IN_A_MINUTE = 1_000;

  /** Of a record each: with them an event is taken, and one that isn't is told of. */
  private static final List<String> PLACES =
      List.of(
          "'phone':'NUMBER','properties':{'name':'n'}",
          "'phone':'0086 NUMBER','bindMobile':'NUMBER','properties':{'name':'n'}",
          "'phone':NUMBER,'properties':{'name':'n'}",
          "'properties':{'name':'ring NUMBER'}",
          "'properties':{'name':'n','note':'/p?tel=%2B86NUMBER'}",
          "'properties':{'name':'n','owner':{'of NUMBER':['\\u673aNUMBER']}}",
          "'properties':{'name':'n','owner':NUMBER}",
          "'properties':{'name':'n','attributes':{'userMobile':'NUMBER','电话':NUMBER}}",
          "'properties':{'name':'n','attributes':{'a':{'tel':'NUMBER'}}}",
          "'properties':{'name':'n','attributes':'NUMBER'}",
          "'seq':'NUMBER x','properties':{'name':'n'}");

  private static LocalBroker broker;

  @TempDir private Path directory;

  @RegisterExtension
  private final LoggerAuditingExtension ownLogs =
      new LoggerAuditingExtension("io.customerpulse", Level.DEBUG);

  @RegisterExtension
  private final LoggerAuditingExtension engineLogs =
      new LoggerAuditingExtension("org.apache.flink.runtime", Level.INFO);

  private final long seed = new Random().nextInt(1_000_000);
  private final PlainPhones phones = new PlainPhones(seed);
  private int events;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void noPlainPhoneIsFoundBehindTheReader(TestInfo test) throws Exception {
    System.out.println("PlainPhonesIT: seed " + seed);
    int port = MetricsIT.freePort();
    JobUnderTest job =
        JobUnderTest.on(
                broker,
                test,
                directory,
                "time: {clock: event}\nidentity: {pii_key_env: " + someVariable() + "}")
            .with(
                RuleReader.read(
                    "rules", "rules: [{id: soon, kind: cart_abandonment, steps: [1h]}]"));
    try (job) {
      job.start(showingAll(port));
      sendTheDecided(job);
      job.sendToEveryPartition(browse(Duration.ofMinutes(20), "bystander"));
      job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, PLACES.size() + 1);
      sendTheLateAndTheWaiting(job);
      job.awaitTaken(Topic.TRACKING_EVENTS);
      assertNoneIn("metrics", metrics(port));
      job.cancel();
      assertNoneInFiles("checkpoints");

      job.restoreFromLatestCheckpoint();
      job.send(browse(Duration.ofMinutes(20), "bystander"));
      job.awaitTaken(Topic.TRACKING_EVENTS);
      Path savepoint = job.stopWithSavepoint();
      assertNoneInFiles("savepoints");

      job.startFrom(savepoint);
      job.sendToEveryPartition(browse(Duration.ofDays(1), "bystander"));
      int places = PLACES.size();
      List<DeadLetterRecord> letters =
          job.read(Topic.DEAD_LETTERS, DeadLetterRecord.class, 3 * places);
      assertThat(byCode(letters))
          .isEqualTo(
              Map.of(
                  "not_json record", places, "erased event", places, "rate_limited event", places));
      // In time, late, the waiting, each with a copy; who was erased, the erasure, the flood.
      job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, 3 * places + 2 + MOST_IN_A_MINUTE);
      for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.TRACKING_EVENTS))) {
        assertNoneIn(topic.wireName(), job.bytes(topic));
      }
      assertNoneIn("logs", String.join("\n", ownLogs.getMessages()));
      assertNoneIn("logs of the engine", String.join("\n", engineLogs.getMessages()));
    }
  }

  /** Events in time, what is broken, and a person who is to be forgotten. */
  private void sendTheDecided(JobUnderTest job) {
    for (String place : PLACES) {
      job.send(event(Duration.ofMinutes(1), "anna", place, "in time"));
      job.send(event(Duration.ofMinutes(1), "anna", place, "broken") + ']');
    }
    job.send(
        json(
            "{'type':'erase','app_id':'a','event_time':'%s','user_id':'eve','properties':{'request_id':'r'}}",
            START.plus(Duration.ofMinutes(10))));
  }

  private void sendTheLateAndTheWaiting(JobUnderTest job) {
    for (String place : PLACES) {
      job.send(event(Duration.ofMinutes(2), "anna", place, "late"));
      job.send(event(Duration.ofMinutes(5), "eve", place, "erased"));
      String waiting = event(Duration.ofMinutes(21), "anna", place, "waiting");
      job.send(waiting);
      job.send(waiting);
    }
    for (int i = 0; i < MOST_IN_A_MINUTE; i++) {
      job.send(browse(Duration.ofMinutes(21).plusMillis(i), "bot"));
    }
    for (String place : PLACES) {
      job.send(event(Duration.ofMinutes(21).plusSeconds(2), "bot", place, "over the limit"));
    }
  }

  private String event(Duration after, String who, String place, String fate) {
    String head =
        json(
            "{'type':'custom','event_id':'%s-%d','app_id':'a','event_time':'%s','user_id':'%s',",
            fate.replace(' ', '-'), ++events, START.plus(after), who);
    String record = head + json("%s}", place);
    while (record.contains("NUMBER")) {
      record = record.replaceFirst("NUMBER", phones.sentIn(fate + ": " + place));
    }
    return record;
  }

  private static String browse(Duration after, String who) {
    return json(
        "{'type':'browse','app_id':'a','event_time':'%s','user_id':'%s'}", START.plus(after), who);
  }

  private static String json(String quoted, Object... values) {
    return String.format(Locale.ROOT, quoted, values).replace('\'', '"');
  }

  private void assertNoneInFiles(String folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, bytes);
      }
    }
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .as("the waiting events, which show that the bytes of %s tell", folder)
        .contains("waiting-")
        .contains("over-the-limit-");
    assertNoneIn(folder, bytes.toByteArray());
  }

  private void assertNoneIn(String place, String text) {
    assertNoneIn(place, text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertNoneIn(String place, byte[] bytes) {
    assertThat(phones.foundIn(bytes)).as("%s, seed %d", place, seed).isEmpty();
  }

  /** By code and form. */
  private static Map<String, Integer> byCode(List<DeadLetterRecord> letters) {
    Map<String, Integer> counts = new TreeMap<>();
    letters.forEach(
        letter -> counts.merge(letter.getCode() + ' ' + letter.getRawForm(), 1, Integer::sum));
    return counts;
  }

  /** Blocks of its files as they are, and metrics for Prometheus. */
  private static Configuration showingAll(int port) {
    Configuration flink = new Configuration();
    flink.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
    flink.set(MetricOptions.REPORTERS_LIST, "prometheus");
    flink.setString(
        "metrics.reporter.prometheus.factory.class",
        LoopbackPrometheusReporter.Factory.class.getName());
    flink.setString("metrics.reporter.prometheus.port", String.valueOf(port));
    return flink;
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(answer).contains(DeadLetterCode.ERASED.wireName());
    return answer;
  }

  /** A variable of this process that is long enough for a key, which needn't be secret here. */
  private static String someVariable() {
    return System.getenv().entrySet().stream()
        .filter(variable -> variable.getValue().length() >= 32)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
