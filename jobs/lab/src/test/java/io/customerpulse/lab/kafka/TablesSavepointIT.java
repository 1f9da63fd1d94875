package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.analytics.query.QuerySession;
import io.customerpulse.analytics.query.WarehouseOptions;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.LifecycleStage;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.StepOutcome;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.TablesJob;
import io.customerpulse.tables.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables job goes on from savepoints that releases have written, narrower and wider: where they
 * stopped in the topics, and with the orders that they knew of each trigger.
 */
@Timeout(240)
class TablesSavepointIT {
  private static final String JOB = "tables";
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final Duration POLL = Duration.ofMillis(100);

  static Stream<Arguments> savepoints() throws IOException {
    return ReleasedSavepoints.narrowerAndWider(JOB);
  }

  @BeforeAll
  static void writeThoseOfThisRelease(@TempDir Path folder) throws Exception {
    if (ReleasedSavepoints.areToBeWritten()) {
      try (Shop shop = new Shop(folder)) {
        shop.transition("before");
        shop.conversion("o1", 500);
        JobClient job = shop.start(ReleasedSavepoints.PARALLELISM, Optional.empty());
        shop.awaitRows();
        String savepoint = LocalFlink.stopWithSavepoint(job, folder.resolve("savepoints"));
        ReleasedSavepoints.keep(Path.of(URI.create(savepoint)), JOB);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void theJobGoesOnWhereItStoppedWithWhatItKnew(
      Path savepoint, int parallelism, @TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(folder)) {
      // These have the places of those that were read, and would show if they were read again.
      shop.transition("read again");
      shop.conversion("read again", 1);
      shop.transition("after");
      shop.conversion("o2", 700);

      JobClient job = shop.start(parallelism, Optional.of(savepoint.toUri().toString()));
      shop.awaitRows();

      QuerySession session = shop.session();
      assertThat(session.rows("SELECT reason FROM lifecycle_transitions"))
          .extracting(row -> row.get("reason").asText())
          .containsExactly("after");
      assertThat(session.rows("SELECT order_id FROM trigger_outcomes"))
          .extracting(row -> row.get("order_id").asText())
          .containsExactly("o2");
      assertThat(session.rows("SELECT conversions, revenue_minor, first_order_id FROM triggers"))
          .extracting(Object::toString)
          .as("with the order that the savepoint knows")
          .containsExactly("{\"conversions\":2,\"revenue_minor\":1200,\"first_order_id\":\"o1\"}");
      LocalFlink.cancel(job);
    }
  }

  /** A broker and a warehouse of their own. */
  private static final class Shop implements AutoCloseable {
    private static final String TENANT = "shop:1";
    private static final String CUSTOMER = "c1";

    private final LocalBroker broker = LocalBroker.start();
    private final Path folder;
    private final DeploymentSettings settings;
    private final KafkaProducer<byte[], byte[]> producer;

    Shop(Path folder) throws Exception {
      this.folder = folder;
      settings =
          new DeploymentSettingsReader(name -> null)
              .read(
                  "it.yaml",
                  String.format(
                      Locale.ROOT,
                      """
                      kafka: {bootstrap_servers: "%s", on_lost_position: accept_copy}
                      tables: {warehouse: "%s", buckets: 2}
                      """,
                      broker.bootstrapServers(),
                      folder.resolve("warehouse")));
      new KafkaTopics(settings.kafka())
          .createMissing(
              EnumSet.allOf(Topic.class),
              new KafkaTopics.Layout(2, Optional.empty(), Duration.ofDays(1)));
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    }

    JobClient start(int parallelism, Optional<String> from) throws Exception {
      Configuration configuration = LocalFlink.configuration(folder.resolve("checkpoints"));
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      configuration.addAll(ReleasedSavepoints.inOneFile());
      if (from.isPresent()) {
        configuration = LocalFlink.restoring(configuration, from.get());
      }
      StreamExecutionEnvironment env = LocalFlink.environment(configuration, parallelism);
      TablesJob.build(env, settings);
      return env.executeAsync("tables");
    }

    void transition(String reason) throws Exception {
      send(
          Topic.LIFECYCLE_TRANSITIONS,
          new AvroEncoding<>(LifecycleTransitionRecord.class)
              .encode(
                  new LifecycleTransitionRecord(
                      TENANT, CUSTOMER, null, LifecycleStage.PROSPECT, AT, reason)));
    }

    void conversion(String order, long revenueMinor) throws Exception {
      send(
          Topic.TRIGGER_OUTCOMES,
          new AvroEncoding<>(TriggerOutcomeRecord.class)
              .encode(
                  TriggerOutcomeRecord.newBuilder()
                      .setTriggerId("t1")
                      .setRuleId("cart-reminder")
                      .setRuleVersion(1)
                      .setTenantId(TENANT)
                      .setCustomerId(CUSTOMER)
                      .setStep(0)
                      .setOutcome(StepOutcome.CONVERTED)
                      .setAt(AT.plusMillis(revenueMinor))
                      .setOrderId(order)
                      .setRevenueMinor(revenueMinor)
                      .setLiftConverted(true)
                      .build()));
    }

    private void send(Topic topic, byte[] value) throws Exception {
      byte[] key = (TENANT + ':' + CUSTOMER).getBytes(StandardCharsets.UTF_8);
      producer
          .send(new ProducerRecord<>(settings.kafka().topic(topic.wireName()), key, value))
          .get();
    }

    /** Until each table has a row; each is committed with all that came in one batch. */
    void awaitRows() {
      try (Warehouse warehouse = Warehouse.open(settings.tables())) {
        for (OutputTable table :
            List.of(
                OutputTable.LIFECYCLE_TRANSITIONS,
                OutputTable.TRIGGER_OUTCOMES,
                OutputTable.TRIGGERS)) {
          while (warehouse.rowsOf(table) == 0) {
            LockSupport.parkNanos(POLL.toNanos());
          }
        }
      }
    }

    QuerySession session() {
      System.setProperty("customerpulse.home", "../..");
      return new WarehouseOptions().open(settings, Instant.now(), Map.of());
    }

    @Override
    public void close() {
      producer.close();
      broker.close();
    }
  }
}
