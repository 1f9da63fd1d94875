package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.LostPositionException;
import io.customerpulse.runtime.kafka.OnLostPosition;
import io.customerpulse.runtime.kafka.TimePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that a job has yet to read, and that are gone. Every job here may restart at will. */
@Timeout(300)
class LostPositionIT {
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final long BASE = 1_700_000_000_000L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration POLL = Duration.ofMillis(50);

  private static LocalBroker broker;
  private static Admin admin;
  private static int topics;

  @TempDir private Path directory;
  private String topic;
  private KafkaProducer<String, String> producer;
  private JobClient job;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void reset(TestInfo test) {
    TimerProbe.reset();
    HandClock.set(BASE);
    topic = test.getTestMethod().orElseThrow().getName() + topics++;
    producer = producer(Map.of());
  }

  @AfterEach
  void endTheJob() throws Exception {
    producer.close();
    if (job != null && !job.getJobExecutionResult().isDone()) {
      LocalFlink.cancel(job);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aTopicThatIsCreatedAgainStopsTheJobHoweverLongItIs(int records) throws Exception {
    String savepoint = savepointAfterThree(1);
    createAgain(1);
    send(0, "new", records);
    start(OnLostPosition.STOP, savepoint);

    assertStopped(
        topic
            + "-0: position 3, end "
            + records
            + ", but the topic has been deleted and created again");
    assertThat(TimerProbe.READ.sum()).isZero();
  }

  @Test
  void orItIsReadFromItsBeginning() throws Exception {
    String savepoint = savepointAfterThree(1);
    createAgain(1);
    send(0, "new", 5);
    start(OnLostPosition.EARLIEST, savepoint);

    awaitRead(5);
    HandClock.set(BASE + HOUR);
    assertThat(firedKeys(8)).contains("old-0-0", "new-0-0", "new-0-4");
  }

  @Test
  void orItCountsAsACopy() throws Exception {
    String savepoint = savepointAfterThree(1);
    createAgain(1);
    send(0, "new", 5);
    start(OnLostPosition.ACCEPT_COPY, savepoint);

    awaitRead(2);
    HandClock.set(BASE + HOUR);
    assertThat(firedKeys(5)).contains("old-0-0", "new-0-3", "new-0-4");
    assertThat(TimerProbe.READ.sum()).isEqualTo(2);
  }

  @Test
  void aCopyThatIsShorterStopsTheJob() throws Exception {
    String savepoint = savepointAfterThree(1);
    createAgain(1);
    send(0, "new", 1);
    start(OnLostPosition.ACCEPT_COPY, savepoint);

    assertStopped(topic + "-0: position 3, end 1: it lies beyond the end");
  }

  @Test
  void aJobThatRunsStopsToo() throws Exception {
    broker.createTopics(1, topic);
    start(OnLostPosition.STOP, null);
    send(0, "old", 3);
    awaitRead(3);
    awaitCheckpoint();
    createAgain(1);
    send(0, "new", 5);

    assertStopped(topic + "-0: position ");
  }

  @Test
  void orReadsOnFromTheBeginning() throws Exception {
    broker.createTopics(1, topic);
    start(OnLostPosition.EARLIEST, null);
    send(0, "old", 3);
    awaitRead(3);
    awaitCheckpoint();
    createAgain(1);
    send(0, "new", 5);

    // What was read before the restart is read again at most.
    while (!(TimerProbe.KEYS.contains("new-0-0") && TimerProbe.KEYS.contains("new-0-4"))) {
      assertThat(job.getJobExecutionResult()).isNotDone();
      LockSupport.parkNanos(POLL.toNanos());
    }
    HandClock.set(BASE + HOUR);
    assertThat(firedKeys(8)).contains("old-0-0", "new-0-0", "new-0-4");
  }

  @Test
  void fewerPartitionsStopTheJobByTheNamesOfThoseThatAreGone() throws Exception {
    String savepoint = savepointAfterThree(3);
    createAgain(1);
    start(OnLostPosition.STOP, savepoint);

    assertStopped(topic + "-1: position 3, but there is no such partition any more");
    assertStopped(
        topic + "-2: position 3, but there is no such partition any more (the topic has 1)");
  }

  @Test
  void orTimeGoesOnWithoutThemAndTheyAreReadWhenTheyAreBack() throws Exception {
    String savepoint = savepointAfterThree(3);
    createAgain(1);
    start(OnLostPosition.EARLIEST, savepoint);
    HandClock.set(BASE + HOUR);
    assertThat(firedKeys(9)).contains("old-0-0", "old-1-1", "old-2-2");

    // A restart later the partitions come back.
    String later = LocalFlink.stopWithSavepoint(job, directory.resolve("savepoints"));
    start(OnLostPosition.EARLIEST, later);
    send(0, "new", 1);
    awaitRead(1);
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
    awaitPartitions(3);
    send(2, "new", 2);
    awaitRead(3);
    HandClock.set(BASE + 2 * HOUR);
    assertThat(firedKeys(3)).contains("new-2-0", "new-2-1");
  }

  @Test
  void recordsThatRetentionWasFasterToTakeStopTheJob() throws Exception {
    String savepoint = savepointAfterThree(1);
    send(0, "unread", 4);
    deleteBefore(5);
    start(OnLostPosition.STOP, savepoint);

    assertStopped(topic + "-0: position 3, end 7, but the records before 5 are deleted");
  }

  @Test
  void orWhatIsLeftIsRead() throws Exception {
    String savepoint = savepointAfterThree(1);
    send(0, "unread", 4);
    deleteBefore(5);
    start(OnLostPosition.EARLIEST, savepoint);

    awaitRead(2);
    assertThat(TimerProbe.KEYS).containsExactlyInAnyOrder("unread-0-2", "unread-0-3");
  }

  @Test
  void markersOfTransactionsThatRetentionTakesAreNoLoss() throws Exception {
    broker.createTopics(1, topic);
    start(OnLostPosition.STOP, null);
    try (KafkaProducer<String, String> transactional =
        producer(Map.of("transactional.id", topic))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      transactional.send(new ProducerRecord<>(topic, 0, null, line("old", 0, 0))).get();
      transactional.commitTransaction();
    }
    awaitRead(1);
    // Once time goes on the log is known to be read to its end, behind the marker.
    HandClock.set(BASE + HOUR);
    firedKeys(1);
    String savepoint = LocalFlink.stopWithSavepoint(job, directory.resolve("savepoints"));
    deleteBefore(2);
    send(0, "new", 1);
    TimerProbe.reset();
    start(OnLostPosition.STOP, savepoint);

    awaitRead(1);
    assertThat(TimerProbe.KEYS).containsExactly("new-0-0");
  }

  /** Of a job that has read three records of each partition. */
  private String savepointAfterThree(int partitions) throws Exception {
    broker.createTopics(partitions, topic);
    for (int partition = 0; partition < partitions; partition++) {
      send(partition, "old", 3);
    }
    start(OnLostPosition.STOP, null);
    awaitRead(3L * partitions);
    String savepoint = LocalFlink.stopWithSavepoint(job, directory.resolve("savepoints"));
    TimerProbe.reset();
    return savepoint;
  }

  private void start(OnLostPosition onLostPosition, String savepoint) throws Exception {
    Configuration configuration = LocalFlink.configuration(directory.resolve("checkpoints"));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    KafkaSettings kafka =
        new KafkaSettings(
            broker.bootstrapServers(),
            Map.of(),
            onLostPosition,
            Duration.ofMinutes(5),
            Map.of(Topic.TRACKING_EVENTS.wireName(), topic));
    job =
        TimerProbe.start(
            savepoint == null ? configuration : LocalFlink.restoring(configuration, savepoint),
            1,
            TimerProbe.source(kafka, TimePolicy.wall(BOUND, new HandClock()), 0));
  }

  /** For good, with a word that is the one line that commands show of a failure. */
  private void assertStopped(String word) {
    Throwable failure =
        catchThrowable(() -> job.getJobExecutionResult().get(120, TimeUnit.SECONDS));
    assertThat(failure).hasStackTraceContaining(LostPositionException.class.getName());
    assertThat(FlinkRest.rootLine(ExceptionUtils.stringifyException(failure)))
        .startsWith("Records that were to be read are lost: ")
        .contains(word);
  }

  private void createAgain(int partitions) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    while (admin.listTopics().names().get().contains(topic)) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    broker.createTopics(partitions, topic);
    awaitPartitions(partitions);
    // It knows the old topic.
    producer.close();
    producer = producer(Map.of());
  }

  private void awaitPartitions(int partitions) throws Exception {
    while (partitions() != partitions) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private int partitions() throws Exception {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(UnknownTopicOrPartitionException.class);
      return 0;
    }
  }

  private void deleteBefore(long offset) throws Exception {
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  private void awaitRead(long records) {
    while (TimerProbe.READ.sum() < records) {
      assertThat(job.getJobExecutionResult()).isNotDone();
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Until one is complete that began after this: the next may have begun before. */
  private static void awaitCheckpoint() {
    long before = TimerProbe.CHECKPOINTS.sum();
    while (TimerProbe.CHECKPOINTS.sum() < before + 2) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static List<String> firedKeys(int timers) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    while (keys.size() < timers) {
      keys.add(TimerProbe.awaitFired(60).key());
    }
    return keys;
  }

  private void send(int partition, String name, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      producer.send(new ProducerRecord<>(topic, partition, null, line(name, partition, i))).get();
    }
  }

  private static String line(String name, int partition, int number) {
    return name + '-' + partition + '-' + number + ' ' + (BASE + number) + ' ' + (BASE + 60_000);
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }
}
