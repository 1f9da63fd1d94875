package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.CustomerRedirectRecord;
import io.customerpulse.schemas.LifecycleStage;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.TablesJob;
import io.customerpulse.tables.Warehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tables have what the topics have, whatever happens to the job. */
@Timeout(240)
class TablesJobIT {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final int CUSTOMERS = 300;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Long beside what a busy machine makes of a commit. */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  private static LocalBroker broker;

  @TempDir private Path folder;

  private final AvroEncoding<CustomerRedirectRecord> redirects =
      new AvroEncoding<>(CustomerRedirectRecord.class);
  private final AvroEncoding<LifecycleTransitionRecord> transitions =
      new AvroEncoding<>(LifecycleTransitionRecord.class);

  /** By key what the compacted topic says last. */
  private final Map<String, String> latest = new TreeMap<>();

  private int logged;
  private DeploymentSettings settings;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void rowsAreTheLatestRecordsAfterUpdatesTombstonesCrashesAndRestarts() throws Exception {
    settings = prepare("rows", false);
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Warehouse warehouse = Warehouse.open(settings.tables())) {
      // Load, and updates while it runs.
      JobClient job = start(settings, Optional.empty());
      write(producer, 1, 0, CUSTOMERS);
      awaitRows(warehouse);
      write(producer, 2, 50, CUSTOMERS);
      remove(producer, 0, 20);
      awaitRows(warehouse);

      // A crash: what was written since the last checkpoint is on disk, and committed by nobody.
      write(producer, 3, 100, CUSTOMERS);
      LocalFlink.cancel(job);
      job =
          start(
              settings,
              LocalFlink.latestCheckpoint(folder.resolve("checkpoints"))
                  .map(checkpoint -> checkpoint.toUri().toString()));
      write(producer, 4, 150, CUSTOMERS);
      awaitRows(warehouse);

      // A restart from a savepoint, with records that came meanwhile.
      String savepoint = LocalFlink.stopWithSavepoint(job, folder.resolve("savepoints"));
      write(producer, 5, 200, CUSTOMERS);
      remove(producer, 290, CUSTOMERS);
      job = start(settings, Optional.of(savepoint));
      awaitRows(warehouse);
      LocalFlink.cancel(job);
    }
  }

  @Test
  void anIcebergReaderSeesTheSameRows() throws Exception {
    settings = prepare("iceberg", true);
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Warehouse warehouse = Warehouse.open(settings.tables())) {
      JobClient job = start(settings, Optional.empty());
      write(producer, 1, 0, CUSTOMERS);
      awaitRows(warehouse);
      // Rows that are overwritten and removed are what a reader that doesn't merge would get wrong.
      write(producer, 2, 50, 60);
      remove(producer, 0, 20);
      awaitRows(warehouse);
      while (!icebergRows().equals(latest)) {
        LockSupport.parkNanos(POLL.toNanos());
      }
      LocalFlink.cancel(job);
    }
  }

  /** A record that can be read on its topic is in its table two checkpoint intervals later. */
  @Test
  void aRecordIsQueryableWithinTwoCheckpointIntervals() throws Exception {
    settings = prepare("fresh", false);
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Warehouse warehouse = Warehouse.open(settings.tables())) {
      JobClient job = start(settings, Optional.empty(), CHECKPOINTS);
      write(producer, 1, 0, 10);
      awaitRows(warehouse);
      Duration slowest = Duration.ZERO;
      for (int i = 0; i < 3; i++) {
        write(producer, 2 + i, i, i + 1);
        long readable = System.nanoTime();
        awaitLogged(warehouse);
        Duration lag = Duration.ofNanos(System.nanoTime() - readable);
        slowest = lag.compareTo(slowest) > 0 ? lag : slowest;
      }
      System.out.printf(
          Locale.ROOT,
          "Readable to queryable: at most %d ms with a checkpoint every %d ms%n",
          slowest.toMillis(),
          CHECKPOINTS.toMillis());
      assertThat(slowest).isLessThan(CHECKPOINTS.multipliedBy(2));
      LocalFlink.cancel(job);
    }
  }

  /** By Iceberg's own library, which knows nothing of Paimon. */
  private Map<String, String> icebergRows() throws Exception {
    Map<String, String> rows = new TreeMap<>();
    Path table = folder.resolve("warehouse/customer_pulse.db/customer_redirects");
    var iceberg =
        new HadoopTables(new org.apache.hadoop.conf.Configuration()).load(table.toString());
    try (CloseableIterable<Record> records = IcebergGenerics.read(iceberg).build()) {
      for (Record record : records) {
        rows.put(
            record.getField("tenant_id") + "/" + record.getField("old_customer_id"),
            (String) record.getField("new_customer_id"));
      }
    }
    return rows;
  }

  private DeploymentSettings prepare(String prefix, boolean iceberg) throws Exception {
    DeploymentSettings prepared =
        new DeploymentSettingsReader(name -> null)
            .read(
                "it.yaml",
                String.format(
                    Locale.ROOT,
                    """
                    kafka:
                      bootstrap_servers: "%s"
                      topics:
                        customer-redirects: %s.redirects
                        lifecycle-transitions: %s.transitions
                    tables: {warehouse: "%s", buckets: 2, iceberg: %s}
                    """,
                    broker.bootstrapServers(),
                    prefix,
                    prefix,
                    folder.resolve("warehouse"),
                    iceberg));
    new KafkaTopics(prepared.kafka())
        .createMissing(
            EnumSet.allOf(Topic.class),
            new KafkaTopics.Layout(2, Optional.empty(), Duration.ofDays(1)));
    return prepared;
  }

  private JobClient start(DeploymentSettings settings, Optional<String> from) throws Exception {
    return start(settings, from, Duration.ofMillis(500));
  }

  private JobClient start(
      DeploymentSettings settings, Optional<String> from, Duration checkpointInterval)
      throws Exception {
    Configuration configuration = LocalFlink.configuration(folder.resolve("checkpoints"));
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // A writer that finds its last commit unfinished finishes it, and then fails once on purpose,
    // so that all writers begin from it.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    if (from.isPresent()) {
      configuration = LocalFlink.restoring(configuration, from.get());
    }
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, 2);
    TablesJob.build(env, settings);
    return env.executeAsync("tables");
  }

  /** Redirects stand for the tables with a key, transitions for those without. */
  private void write(KafkaProducer<byte[], byte[]> producer, int round, int from, int to)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String key = "shop:1:old" + i;
      String value = "new" + round;
      latest.put("shop:1/old" + i, value);
      sent.add(
          producer.send(
              record(
                  Topic.CUSTOMER_REDIRECTS,
                  key,
                  redirects.encode(new CustomerRedirectRecord("shop:1", "old" + i, value, AT)))));
      sent.add(
          producer.send(
              record(
                  Topic.LIFECYCLE_TRANSITIONS,
                  key,
                  transitions.encode(
                      new LifecycleTransitionRecord(
                          "shop:1", "old" + i, null, LifecycleStage.PROSPECT, AT, "r" + round)))));
      logged++;
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  private void remove(KafkaProducer<byte[], byte[]> producer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      latest.remove("shop:1/old" + i);
      producer.send(record(Topic.CUSTOMER_REDIRECTS, "shop:1:old" + i, null)).get();
    }
  }

  private ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
    return new ProducerRecord<>(
        settings.kafka().topic(topic.wireName()), key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** Until the tables say what the topics say; then nothing is there twice either. */
  private void awaitRows(Warehouse warehouse) throws Exception {
    while (!rows(warehouse).equals(latest)
        || warehouse.rowsOf(OutputTable.LIFECYCLE_TRANSITIONS) < logged) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    assertThat(warehouse.rowsOf(OutputTable.LIFECYCLE_TRANSITIONS)).isEqualTo(logged);
  }

  private void awaitLogged(Warehouse warehouse) {
    while (warehouse.rowsOf(OutputTable.LIFECYCLE_TRANSITIONS) < logged) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static Map<String, String> rows(Warehouse warehouse) throws Exception {
    Map<String, String> rows = new TreeMap<>();
    FileStoreTable table;
    try {
      table = warehouse.table(OutputTable.CUSTOMER_REDIRECTS);
    } catch (IllegalStateException e) {
      return rows;
    }
    var builder = table.newReadBuilder();
    try (var reader = builder.newRead().createReader(builder.newScan().plan())) {
      reader.forEachRemaining(
          row -> rows.put(row.getString(0) + "/" + row.getString(1), row.getString(2).toString()));
    }
    return rows;
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
