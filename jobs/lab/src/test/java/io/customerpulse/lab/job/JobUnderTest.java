package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.job.BehaviorJob;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.kafka.LocalFlink;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.schemas.AvroEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.TestInfo;

/** The whole job between topics of one test. It may not be restarted: whatever fails it is seen. */
final class JobUnderTest implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final int LARGEST_REQUEST = 8 << 20;
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Checkpoints in which what follows from the input has come and is committed: one may begin at
   * once, before time has gone on with the records; by the next it has, several watermarks long;
   * and with the third what the second found is committed.
   */
  private static final int CHECKPOINTS_BEHIND = 3;

  /** Longer than the time since the records that tests date back. */
  private static final Duration RETENTION = Duration.ofDays(36_500);

  /** Under which the broker shows how far the job has come. */
  private static final String GROUP = "customer-pulse-behavior";

  private final Path config;

  /** The settings that a test doesn't ask for. */
  private final String otherSettings;

  private final Path checkpoints;

  private final KafkaProducer<String, byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private DeploymentSettings settings;
  private RuleSet rules = RuleSet.EMPTY;
  private int parallelism = PARTITIONS;
  private JobClient job;

  private JobUnderTest(String yaml, String otherSettings, Path config, Path checkpoints)
      throws Exception {
    this.config = config;
    this.otherSettings = otherSettings;
    this.checkpoints = checkpoints;
    settings = read(yaml);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers(), "max.request.size", LARGEST_REQUEST),
            new StringSerializer(),
            new ByteArraySerializer());
    new KafkaTopics(settings.kafka())
        .createMissing(
            EnumSet.allOf(Topic.class),
            new KafkaTopics.Layout(PARTITIONS, Optional.empty(), RETENTION));
  }

  /**
   * The job of a test, with topics that are named after it.
   *
   * @param yaml further settings
   */
  static JobUnderTest on(LocalBroker broker, TestInfo test, Path directory, String yaml)
      throws Exception {
    return on(broker, test.getTestMethod().orElseThrow().getName(), directory, yaml);
  }

  /**
   * The same with topics that are named after something else.
   *
   * @param name not used before
   */
  static JobUnderTest on(LocalBroker broker, String name, Path directory, String yaml)
      throws Exception {
    StringBuilder topics = new StringBuilder();
    for (Topic topic : Topic.values()) {
      topics.append(String.format(Locale.ROOT, "%n    %s: %s.%1$s", topic.wireName(), name));
    }
    Path checkpoints = directory.resolve("checkpoints");
    String others =
        String.format(
            Locale.ROOT,
            """
            state: {backend: rocksdb, checkpoint_interval: 1s, checkpoint_dir: "%s"}
            kafka:
              bootstrap_servers: "%s"
              # Savepoints of releases come from topics of other brokers.
              on_lost_position: accept_copy
              topics: %s
            """,
            checkpoints.toUri(),
            broker.bootstrapServers(),
            topics);
    return new JobUnderTest(yaml, others, directory.resolve(name + ".yaml"), checkpoints);
  }

  /** From the next start on other settings hold. */
  JobUnderTest under(String yaml) throws IOException {
    settings = read(yaml);
    return this;
  }

  private DeploymentSettings read(String yaml) throws IOException {
    Files.writeString(config, yaml + '\n' + otherSettings);
    return new DeploymentSettingsReader(variable -> null).read(config);
  }

  /** From the next start on it runs so wide. */
  JobUnderTest inParallel(int subtasks) {
    parallelism = subtasks;
    return this;
  }

  JobUnderTest with(RuleSet ruleSet) {
    rules = ruleSet;
    return this;
  }

  void start() throws Exception {
    start(new Configuration());
  }

  /** Starts it again as an operator would after a crash of everything. */
  void restoreFromLatestCheckpoint() throws Exception {
    startFrom(LocalFlink.latestCheckpoint(checkpoints).orElseThrow());
  }

  void startFrom(Path savepoint) throws Exception {
    Configuration restoring = new Configuration();
    restoring.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    start(restoring);
  }

  /** The file with its settings. */
  Path config() {
    return config;
  }

  void start(Configuration more) throws Exception {
    Configuration flink = JobEnvironment.onLoopback(JobEnvironment.unbounded(settings.state()));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.addAll(more);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    BehaviorJob.build(env, settings, rules);
    job = env.executeAsync("job under test");
  }

  boolean isRunning() {
    return !job.getJobExecutionResult().isDone();
  }

  /** Ends it as it is, with a transaction open. */
  void cancel() throws Exception {
    job.cancel().get(60, TimeUnit.SECONDS);
    job.getJobExecutionResult().handle((ended, cancelled) -> ended).get(60, TimeUnit.SECONDS);
  }

  /** Ends it as an operator does before an upgrade; what is due later stays due. */
  Path stopWithSavepoint() throws Exception {
    return Path.of(
        URI.create(LocalFlink.stopWithSavepoint(job, checkpoints.resolveSibling("savepoints"))));
  }

  void send(String value) {
    send(value.getBytes(StandardCharsets.UTF_8));
  }

  void send(Stream<byte[]> values) {
    values.forEach(this::send);
  }

  void send(byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(input(), value)));
  }

  /** Sends a record that the broker dates back. */
  void send(byte[] value, Instant at) {
    sent.add(producer.send(new ProducerRecord<>(input(), null, at.toEpochMilli(), null, value)));
  }

  /** Returns when the broker has everything that was sent. */
  void flush() {
    producer.flush();
  }

  void sendToEveryPartition(String value) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  input(), partition, null, value.getBytes(StandardCharsets.UTF_8))));
    }
  }

  private String input() {
    return settings.kafka().topic(Topic.TRACKING_EVENTS.wireName());
  }

  /** The first records of a topic that are committed, at least so many. */
  <T extends SpecificRecordBase> List<T> read(Topic topic, Class<T> type, int atLeast)
      throws Exception {
    return readUntil(topic, type, records -> records.size() >= atLeast);
  }

  /** The first records of a topic that are committed, until they are enough. */
  <T extends SpecificRecordBase> List<T> readUntil(
      Topic topic, Class<T> type, Predicate<List<T>> enough) throws Exception {
    AvroEncoding<T> encoding = new AvroEncoding<>(type);
    List<T> records = new ArrayList<>();
    producer.flush();
    try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic), true)) {
      while (!enough.test(records)) {
        throwIfFailed();
        for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
          if (record.value() != null) {
            records.add(encoding.decode(record.value()));
          }
        }
      }
    }
    return records;
  }

  /** Waits until the job has taken what is committed on a topic that steers it. */
  void awaitTaken(Topic topic) throws Exception {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic), true);
        Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      reader
          .readToEnd(Duration.ofMinutes(1))
          .forEach(
              record ->
                  ends.merge(
                      new TopicPartition(record.topic(), record.partition()),
                      record.offset() + 1,
                      Math::max));
      assertThat(ends).as("what there is to be taken of %s", topic).isNotEmpty();
      while (!hasTaken(ends, admin)) {
        throwIfFailed();
        reader.poll(POLL);
      }
    }
  }

  /** The job tells the broker at its checkpoints, so whatever it tells has reached all subtasks. */
  private static boolean hasTaken(Map<TopicPartition, Long> ends, Admin admin) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> taken =
        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .allMatch(
            end ->
                taken.get(end.getKey()) != null
                    && taken.get(end.getKey()).offset() >= end.getValue());
  }

  private String bootstrapServers() {
    return settings.kafka().bootstrapServers();
  }

  /**
   * Everything that is committed on a topic once the job has taken its input to the end and has
   * nothing left to say, on any topic: what it says may come back to it.
   */
  <T extends SpecificRecordBase> List<T> readAll(Topic topic, Class<T> type) throws Exception {
    producer.flush();
    awaitTaken(Topic.TRACKING_EVENTS);
    int committed;
    do {
      committed = committed(EnumSet.allOf(Topic.class)).size();
      awaitCheckpoints();
    } while (committed(EnumSet.allOf(Topic.class)).size() > committed);
    AvroEncoding<T> encoding = new AvroEncoding<>(type);
    return committed(EnumSet.of(topic)).stream()
        .map(record -> encoding.decode(record.value()))
        .toList();
  }

  private List<ConsumerRecord<String, byte[]>> committed(Set<Topic> topics) {
    try (TopicReader reader = new TopicReader(settings.kafka(), topics, true)) {
      return reader.readToEnd(Duration.ofMinutes(1));
    }
  }

  private void awaitCheckpoints() throws Exception {
    long enough = completedCheckpoint() + CHECKPOINTS_BEHIND;
    try (TopicReader reader =
        new TopicReader(settings.kafka(), List.of(Topic.TRACKING_EVENTS), false)) {
      while (completedCheckpoint() < enough) {
        throwIfFailed();
        reader.poll(POLL);
      }
    }
  }

  /** The number of the newest complete checkpoint of the job as it runs. */
  private long completedCheckpoint() throws IOException {
    try (Stream<Path> own = Files.list(checkpoints.resolve(job.getJobID().toHexString()))) {
      return own.filter(each -> Files.exists(each.resolve("_metadata")))
          .map(each -> each.getFileName().toString())
          .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
          .max()
          .orElse(0);
    }
  }

  /** The keys and values that are committed on a topic, as they are. */
  byte[] bytes(Topic topic) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic), true)) {
      for (ConsumerRecord<String, byte[]> record : reader.readToEnd(Duration.ofMinutes(1))) {
        bytes.write(String.valueOf(record.key()).getBytes(StandardCharsets.UTF_8));
        if (record.value() != null) {
          bytes.write(record.value());
        }
      }
    }
    return bytes.toByteArray();
  }

  private void throwIfFailed() throws ExecutionException, InterruptedException {
    if (!isRunning()) {
      job.getJobExecutionResult().get();
    }
  }

  @Override
  public void close() throws Exception {
    if (job != null && isRunning()) {
      cancel();
    }
    for (Future<RecordMetadata> write : sent) {
      write.get();
    }
    producer.close();
  }
}
