package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.kafka.TimerProbe.Fired;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.OnLostPosition;
import io.customerpulse.runtime.kafka.TimePolicy;
import io.customerpulse.runtime.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time goes on when nobody writes, and never runs ahead of what lies unread. */
@Timeout(300)
class IdleInputIT {
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final long BASE = 1_700_000_000_000L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int BACKLOG = 20_000;

  private static LocalBroker broker;

  @TempDir private Path directory;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private String topic;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void reset(TestInfo test) {
    TimerProbe.reset();
    StalledFetch.open();
    HandClock.set(BASE);
    topic = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void everythingWasWritten() throws Exception {
    for (Future<RecordMetadata> write : sent) {
      write.get();
    }
  }

  @Test
  void timersFireInSilence() throws Exception {
    broker.createTopics(3, topic);
    // More readers than partitions, and a partition that never gets a record.
    JobClient job =
        TimerProbe.start(
            configuration(), 4, TimerProbe.source(kafka(), wall(WallClock.system()), 0));
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      long now = System.currentTimeMillis();
      long due = now + 3_000;
      send(producer, 0, "a " + now + " " + due);
      send(producer, 1, "b " + now + " " + (due + 2_000));
      send(producer, 1, "garbage");
      producer.flush();

      assertFiredInTime(TimerProbe.awaitFired(15), "a", due);
      assertFiredInTime(TimerProbe.awaitFired(15), "b", due + 2_000);
      assertThat(TimerProbe.LATE.sum()).isZero();
    } finally {
      LocalFlink.cancel(job);
    }
  }

  @Test
  void withoutAWallClockSilenceStandsStill() throws Exception {
    broker.createTopics(1, topic);
    JobClient job =
        TimerProbe.start(
            configuration(), 2, TimerProbe.source(kafka(), TimePolicy.event(BOUND), 0));
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 0, "a " + BASE + " " + (BASE + 1_000));
      send(producer, 0, "garbage");
      producer.flush();
      // The reader without a partition is idle, so events alone move time; only as far as they say.
      send(producer, 0, "b " + (BASE + 2_000) + " " + (BASE + HOUR));
      send(producer, 0, "c " + (BASE + 3_001) + " " + (BASE + HOUR));
      producer.flush();

      Fired fired = TimerProbe.awaitFired(15);
      assertThat(fired.key()).isEqualTo("a");
      assertThat(fired.readBefore()).isEqualTo(4);
      // By the wall b and c were due long ago: the next to fire is what events have come to.
      send(producer, 0, "d " + (BASE + 60_000) + " " + (BASE + 30_000));
      producer.flush();
      assertThat(TimerProbe.awaitFired(15).key()).isEqualTo("d");
    } finally {
      LocalFlink.cancel(job);
    }
  }

  @Test
  void aPartitionBehindABacklogHoldsTimeBack() throws Exception {
    broker.createTopics(2, topic);
    long lastDue = BASE + HOUR / 2;
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 0, "end " + BASE + " " + lastDue);
      sendBacklog(producer, 1);
    }
    HandClock.set(BASE + HOUR);
    // One reader for both, so slow that it looks at the broker several times on its way.
    JobClient job =
        TimerProbe.start(
            configuration(), 1, TimerProbe.source(kafka(), wall(new HandClock()), 100_000));
    try {
      List<Fired> fired = awaitKey("end");

      assertThat(TimerProbe.LATE.sum()).isZero();
      assertThat(fired).hasSize(BACKLOG + 1);
      // By the watermark of the end of the input alone, for no event reaches that far.
      assertThat(fired.get(fired.size() - 1).readBefore()).isEqualTo(BACKLOG + 1);
    } finally {
      LocalFlink.cancel(job);
    }
  }

  @Test
  void aRestartWithABacklogAndAStalledFetchIsPatient() throws Exception {
    broker.createTopics(2, topic);
    KafkaSettings kafka = kafka(Map.of("interceptor.classes", StalledFetch.class.getName()));
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 0, "early " + BASE + " " + (BASE + 1));
      send(producer, 1, "end " + BASE + " " + (BASE + HOUR / 2));
      producer.flush();
      HandClock.set(BASE + BOUND.toMillis() + 2);
      JobClient first =
          TimerProbe.start(configuration(), 2, TimerProbe.source(kafka, wall(new HandClock()), 0));
      assertThat(TimerProbe.awaitFired(15).key()).isEqualTo("early");
      String savepoint = LocalFlink.stopWithSavepoint(first, directory.resolve("savepoints"));

      sendBacklog(producer, 0);
      sendBacklog(producer, 1);
      HandClock.set(BASE + HOUR);
      StalledFetch.shut();
      JobClient second =
          TimerProbe.start(
              LocalFlink.restoring(configuration(), savepoint),
              2,
              TimerProbe.source(kafka, wall(new HandClock()), 0));
      try {
        HandClock.awaitLooks(8);
        assertThat(TimerProbe.FIRED).isEmpty();

        StalledFetch.open();
        // Every timer, hence every record, of both subtasks: either may be the last.
        List<String> fired = new ArrayList<>();
        while (fired.size() < 2 * BACKLOG + 1) {
          fired.add(TimerProbe.awaitFired(30).key());
        }
        assertThat(fired).contains("end").doesNotHaveDuplicates();
        assertThat(TimerProbe.LATE.sum()).isZero();
      } finally {
        StalledFetch.open();
        LocalFlink.cancel(second);
      }
    }
  }

  @Test
  void anOlderSavepointLetsTimeWaitForWhatIsReadAgain() throws Exception {
    broker.createTopics(2, topic);
    long laterMillis = BASE + 10_000;
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 0, "early " + BASE + " " + (BASE + 1));
      send(producer, 1, "end " + BASE + " " + (BASE + HOUR / 2));
      producer.flush();
      HandClock.set(BASE + BOUND.toMillis() + 2);
      JobClient first =
          TimerProbe.start(
              configuration(), 2, TimerProbe.source(kafka(), wall(new HandClock()), 0));
      assertThat(TimerProbe.awaitFired(60).key()).isEqualTo("early");
      String older = LocalFlink.savepoint(first, directory.resolve("savepoints"));
      // The job goes on, reads more and lets time pass it; then somebody goes back.
      sendBacklog(producer, 0);
      send(producer, 1, "later " + laterMillis + " " + (laterMillis + 1));
      producer.flush();
      HandClock.set(BASE + HOUR);
      awaitKey("end");
      LocalFlink.cancel(first);
      TimerProbe.reset();

      JobClient second =
          TimerProbe.start(
              LocalFlink.restoring(configuration(), older),
              2,
              TimerProbe.source(kafka(), wall(new HandClock()), 0));
      try {
        List<String> fired = new ArrayList<>();
        while (fired.size() < BACKLOG + 2) {
          fired.add(TimerProbe.awaitFired(60).key());
        }
        assertThat(fired).contains("later", "end").doesNotHaveDuplicates();
        assertThat(TimerProbe.LATE.sum()).isZero();
      } finally {
        LocalFlink.cancel(second);
      }
    }
  }

  @Test
  void theMarkersOfTransactionsAreNoBacklog() throws Exception {
    broker.createTopics(2, topic);
    JobClient job =
        TimerProbe.start(configuration(), 2, TimerProbe.source(kafka(), wall(new HandClock()), 0));
    try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, 0, "a " + BASE + " " + (BASE + 1_000));
      producer.commitTransaction();
      // Nothing but an abandoned transaction: not one record that anybody ever sees.
      producer.beginTransaction();
      send(producer, 1, "never " + BASE + " " + BASE);
      producer.flush();
      producer.abortTransaction();
      HandClock.set(BASE + HOUR);

      assertThat(TimerProbe.awaitFired(20).key()).isEqualTo("a");
      assertThat(TimerProbe.READ.sum()).isEqualTo(1);
    } finally {
      LocalFlink.cancel(job);
    }
  }

  @Test
  void timeWaitsForAnOpenTransactionAndForWhatLiesBehindIt() throws Exception {
    broker.createTopics(1, topic);
    JobClient job =
        TimerProbe.start(configuration(), 1, TimerProbe.source(kafka(), wall(new HandClock()), 0));
    try (KafkaProducer<String, String> open = producer(Map.of("transactional.id", topic));
        KafkaProducer<String, String> producer = producer(Map.of())) {
      sendAroundAnOpenTransaction(open, producer);
      HandClock.set(BASE + HOUR);
      HandClock.awaitLooks(5);
      assertThat(TimerProbe.FIRED).isEmpty();
      assertThat(TimerProbe.READ.sum()).isEqualTo(1);

      open.commitTransaction();
      assertThat(keysOf(3)).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(TimerProbe.LATE.sum()).isZero();
    } finally {
      LocalFlink.cancel(job);
    }
  }

  @Test
  void aTransactionThatIsGivenUpLetsTimeGoOn() throws Exception {
    broker.createTopics(1, topic);
    JobClient job =
        TimerProbe.start(configuration(), 1, TimerProbe.source(kafka(), wall(new HandClock()), 0));
    try (KafkaProducer<String, String> open = producer(Map.of("transactional.id", topic));
        KafkaProducer<String, String> producer = producer(Map.of())) {
      sendAroundAnOpenTransaction(open, producer);
      send(open, 0, "never " + BASE + " " + (BASE + 1_000));
      open.flush();
      HandClock.set(BASE + HOUR);
      HandClock.awaitLooks(3);

      open.abortTransaction();
      // The last records of the log are those that nobody ever sees, and a marker.
      assertThat(keysOf(2)).containsExactlyInAnyOrder("a", "c");
      assertThat(TimerProbe.LATE.sum()).isZero();
      assertThat(TimerProbe.READ.sum()).isEqualTo(2);
    } finally {
      LocalFlink.cancel(job);
    }
  }

  /** {@code a} before the transaction, {@code b} in it, {@code c} behind. */
  private void sendAroundAnOpenTransaction(
      KafkaProducer<String, String> open, KafkaProducer<String, String> producer) {
    send(producer, 0, "a " + BASE + " " + (BASE + 1_000));
    producer.flush();
    open.initTransactions();
    open.beginTransaction();
    send(open, 0, "b " + BASE + " " + (BASE + 1_000));
    open.flush();
    send(producer, 0, "c " + BASE + " " + (BASE + 1_000));
    producer.flush();
  }

  private static List<String> keysOf(int timers) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    while (keys.size() < timers) {
      keys.add(TimerProbe.awaitFired(20).key());
    }
    return keys;
  }

  private static void assertFiredInTime(Fired fired, String key, long dueMillis) {
    assertThat(fired.key()).isEqualTo(key);
    assertThat(fired.wallMillis() - dueMillis)
        .as("milliseconds after due time")
        .isBetween(BOUND.toMillis(), BOUND.toMillis() + 5_000);
  }

  /** Everything that fired up to and including that key. */
  private static List<Fired> awaitKey(String key) throws InterruptedException {
    List<Fired> fired = new ArrayList<>();
    do {
      fired.add(TimerProbe.awaitFired(30));
    } while (!fired.get(fired.size() - 1).key().equals(key));
    return fired;
  }

  /** Twenty seconds of event time, in order, each with a timer due soon after it. */
  private void sendBacklog(KafkaProducer<String, String> producer, int partition) {
    for (int i = 0; i < BACKLOG; i++) {
      long eventMillis = BASE + 10_000 + i;
      send(
          producer,
          partition,
          "k" + partition + '-' + i + ' ' + eventMillis + ' ' + (eventMillis + 1));
    }
    producer.flush();
  }

  private void send(KafkaProducer<String, String> producer, int partition, String text) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, text)));
  }

  private static TimePolicy wall(WallClock clock) {
    return TimePolicy.wall(BOUND, clock);
  }

  private Configuration configuration() {
    return LocalFlink.configuration(directory.resolve("checkpoints"));
  }

  private KafkaSettings kafka() {
    return kafka(Map.of());
  }

  private KafkaSettings kafka(Map<String, String> properties) {
    return new KafkaSettings(
        broker.bootstrapServers(),
        properties,
        OnLostPosition.STOP,
        Duration.ofMinutes(5),
        Map.of(Topic.TRACKING_EVENTS.wireName(), topic));
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }
}
