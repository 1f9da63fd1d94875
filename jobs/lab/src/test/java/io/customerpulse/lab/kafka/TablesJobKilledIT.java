package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.analytics.query.QuerySession;
import io.customerpulse.analytics.query.WarehouseOptions;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables job is killed again and again, in the middle of commits too, and each time goes on
 * from its latest checkpoint; then it is stopped and goes on from its savepoint. Each table has
 * what its topic says, asked by SQL.
 */
@Timeout(600)
class TablesJobKilledIT {
  private static final long SEED = 5;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);
  private static final int STEPS = 60;

  /** What the tables have besides the fields of the records. */
  private static final List<String> ADDED =
      List.of("day", "month", "first_order_day", "last_order_day");

  /** When a process is killed: as soon as a file of that name part is new in the table. */
  private record Moment(OutputTable table, String subfolder) {}

  private static final List<Moment> MOMENTS =
      List.of(
          // A manifest is written before the snapshot that makes it count.
          new Moment(OutputTable.BEHAVIOR_EVENTS, "manifest"),
          // One table is committed, the others perhaps not yet.
          new Moment(OutputTable.TRIGGERS, "snapshot"),
          // Rows are on disk; of the checkpoint nothing is yet.
          new Moment(OutputTable.CUSTOMER_PROFILES, "bucket-0"));

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private TablesProcess process;

  @AfterEach
  void leaveNoProcess() throws InterruptedException {
    if (process != null) {
      process.kill();
    }
  }

  @Test
  void tablesHaveWhatTheTopicsSayAfterKillsInTheMiddleOfCommits() throws Exception {
    try (LocalBroker broker = LocalBroker.start();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      Path config = Files.writeString(folder.resolve("c.yaml"), config(broker));
      DeploymentSettings settings = new DeploymentSettingsReader(name -> null).read(config);
      new KafkaTopics(settings.kafka())
          .createMissing(
              EnumSet.allOf(Topic.class),
              new KafkaTopics.Layout(2, Optional.empty(), Duration.ofDays(1)));
      TopicsOfAShop topics = new TopicsOfAShop(SEED, settings, producer);
      for (Moment moment : MOMENTS) {
        process = TablesProcess.start(config, folder, latest());
        awaitNewFile(moment, topics);
        process.kill();
        topics.remove(5);
      }
      assertThat(latest()).as("a checkpoint to go on from").isPresent();
      process = TablesProcess.start(config, folder, latest());
      topics.write(STEPS);
      awaitRows(settings, topics);
      String savepoint = process.stop();
      topics.write(STEPS);
      topics.remove(5);
      process = TablesProcess.start(config, folder, Optional.of(savepoint));
      awaitRows(settings, topics);
    }
  }

  private Optional<String> latest() throws IOException {
    return LocalFlink.latestCheckpoint(folder.resolve("checkpoints"))
        .map(path -> path.toUri().toString());
  }

  private String config(LocalBroker broker) {
    return String.format(
        Locale.ROOT,
        """
        kafka: {bootstrap_servers: "%s"}
        tables: {warehouse: "%s", buckets: 2}
        state: {checkpoint_interval: 500ms, checkpoint_dir: "%s"}
        """,
        broker.bootstrapServers(),
        folder.resolve("warehouse"),
        folder.resolve("checkpoints").toUri());
  }

  /** Lets records flow until the table gets a file, and then a little or not at all longer. */
  private void awaitNewFile(Moment moment, TopicsOfAShop topics) throws IOException {
    topics.write(STEPS);
    Path table = folder.resolve("warehouse/customer_pulse.db/" + moment.table().tableName());
    long before = files(table.resolve(moment.subfolder()));
    long lookAgain = System.nanoTime();
    while (files(table.resolve(moment.subfolder())) == before) {
      process.assertAlive();
      if (System.nanoTime() - lookAgain > 0) {
        topics.write(2);
        lookAgain = System.nanoTime() + BETWEEN_LOOKS.toNanos();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(3) * 5L).toNanos());
  }

  private static long files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  /** Until all rows are there; then none is there twice, and each is as its record. */
  private void awaitRows(DeploymentSettings settings, TopicsOfAShop topics) throws Exception {
    Map<OutputTable, Collection<String>> expected = topics.rows();
    assertThat(expected.values()).isNotEmpty().doesNotContain(List.of());
    long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
    try (Warehouse warehouse = Warehouse.open(settings.tables())) {
      for (Map.Entry<OutputTable, Collection<String>> table : expected.entrySet()) {
        while (warehouse.rowsOf(table.getKey()) < table.getValue().size()
            && System.nanoTime() < deadline) {
          process.assertAlive();
          LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
      }
    }
    QuerySession session = session(settings);
    List<String> profiles = sorted(expected.get(OutputTable.CUSTOMER_PROFILES));
    while (!(triggers(session).equals(topics.triggers())
            && rows(session, OutputTable.CUSTOMER_PROFILES).equals(profiles))
        && System.nanoTime() < deadline) {
      process.assertAlive();
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    assertThat(triggers(session)).as("seed %d", SEED).isEqualTo(topics.triggers());
    for (Map.Entry<OutputTable, Collection<String>> table : expected.entrySet()) {
      assertThat(rows(session, table.getKey()))
          .as("seed %d: %s", SEED, table.getKey().tableName())
          .isEqualTo(sorted(table.getValue()));
    }
  }

  private static QuerySession session(DeploymentSettings settings) {
    System.setProperty("customerpulse.home", "../..");
    return new WarehouseOptions().open(settings, Instant.now(), Map.of());
  }

  private static List<String> rows(QuerySession session, OutputTable table) throws IOException {
    List<String> rows = new ArrayList<>();
    for (ObjectNode row : session.rows("SELECT * FROM " + table.tableName())) {
      row.remove(ADDED);
      rows.add(comparable(JSON.readTree(row.toString())).toString());
    }
    rows.sort(null);
    return rows;
  }

  private static Map<String, String> triggers(QuerySession session) {
    Map<String, String> triggers = new TreeMap<>();
    for (ObjectNode row :
        session.rows(
            "SELECT trigger_id, outcome, COALESCE(conversions, 0) AS n,"
                + " COALESCE(revenue_minor, 0) AS revenue, first_order_id"
                + " FROM triggers WHERE fired_at IS NOT NULL")) {
      triggers.put(
          row.get("trigger_id").asText(),
          row.path("outcome").asText("null")
              + ' '
              + row.get("n").asInt()
              + ' '
              + row.get("revenue").asLong()
              + ' '
              + row.path("first_order_id").asText("null"));
    }
    return triggers;
  }

  private static List<String> sorted(Collection<String> records) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String record : records) {
      rows.add(comparable(JSON.readTree(record)).toString());
    }
    rows.sort(null);
    return rows;
  }

  /** Without what is null or empty, which a table and a record say differently; keys in order. */
  private static JsonNode comparable(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator();
    while (all.hasNext()) {
      Map.Entry<String, JsonNode> field = all.next();
      JsonNode value = comparable(field.getValue());
      if (!value.isNull() && !(value.isObject() && value.isEmpty())) {
        fields.put(field.getKey(), value);
      }
    }
    ObjectNode result = JSON.createObjectNode();
    fields.forEach(result::set);
    return result;
  }
}
