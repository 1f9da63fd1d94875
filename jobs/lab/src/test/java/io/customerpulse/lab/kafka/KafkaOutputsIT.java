package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordSerializationSchema;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.runtime.kafka.KafkaOutputs;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.OnLostPosition;
import io.customerpulse.runtime.kafka.TimePolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class KafkaOutputsIT {
  private static final int RECORDS = 2_000;
  private static final long BASE = 1_700_000_000_000L;

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
  void aReaderOfCommittedRecordsSeesEachOnceThoughTheJobFailed() throws Exception {
    // Named as a deployment may name them.
    KafkaSettings kafka =
        new KafkaSettings(
            broker.bootstrapServers(),
            Map.of(),
            OnLostPosition.STOP,
            Duration.ofMinutes(5),
            Map.of("behavior-events", "acme.events", "customer-profiles", "acme.profiles"));
    new KafkaTopics(kafka)
        .createMissing(
            EnumSet.of(Topic.TRACKING_EVENTS, Topic.BEHAVIOR_EVENTS, Topic.CUSTOMER_PROFILES),
            new KafkaTopics.Layout(1, Optional.empty(), Duration.ofDays(1)));
    FailOnce.FAILED.set(false);
    JobClient job = start(kafka);
    try (KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
        KafkaConsumer<String, String> events = consumer("acme.events");
        KafkaConsumer<String, String> profiles = consumer("acme.profiles")) {
      write(producer, 0, RECORDS / 2);
      List<ConsumerRecord<String, String>> seen = new ArrayList<>();
      // Committed, so a checkpoint lies behind: from here on a failure repeats the input.
      readUntil(events, seen, RECORDS / 2);
      write(producer, RECORDS / 2, RECORDS);
      readUntil(events, seen, RECORDS);

      assertThat(FailOnce.FAILED).isTrue();
      assertThat(seen.stream().map(ConsumerRecord::value).toList())
          .containsExactlyElementsOf(numbers(0, RECORDS));
      List<ConsumerRecord<String, String>> tombstones = new ArrayList<>();
      readUntil(profiles, tombstones, RECORDS);
      assertThat(tombstones).hasSize(RECORDS).allMatch(record -> record.value() == null);
      assertThat(new TreeSet<>(tombstones.stream().map(ConsumerRecord::key).toList()))
          .isEqualTo(new TreeSet<>(numbers(0, RECORDS)));
    } finally {
      LocalFlink.cancel(job);
    }
  }

  private JobClient start(KafkaSettings kafka) throws Exception {
    Configuration configuration = LocalFlink.configuration(directory);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, 1);
    var source = TimerProbe.source(kafka, TimePolicy.event(Duration.ofSeconds(1)), 0);
    env.fromSource(source, source.watermarks(), "Read")
        .uid("read")
        .map(new FailOnce())
        .uid("fail-once")
        .<TopicRecord>flatMap(
            (number, out) -> {
              out.collect(
                  TopicRecord.of(
                      Topic.BEHAVIOR_EVENTS,
                      number,
                      number.getBytes(StandardCharsets.UTF_8),
                      BASE));
              out.collect(TopicRecord.tombstone(Topic.CUSTOMER_PROFILES, number, -1));
            },
            TopicRecordTypeInfo.INSTANCE)
        .uid("route")
        .sinkTo(KafkaOutputs.sink(kafka, "outputs-it", new TopicRecordSerializationSchema(kafka)))
        .uid("write");
    return env.executeAsync("outputs");
  }

  /** Fails in the middle of the second half, with records of it already on their way. */
  private static final class FailOnce implements MapFunction<String, String> {
    static final AtomicBoolean FAILED = new AtomicBoolean();

    @Override
    public String map(String number) {
      if (Integer.parseInt(number) == RECORDS * 3 / 4 && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("On purpose");
      }
      return number;
    }
  }

  private static void write(KafkaProducer<String, String> producer, int from, int to)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (String number : numbers(from, to)) {
      sent.add(producer.send(new ProducerRecord<>("tracking-events", number)));
    }
    for (Future<RecordMetadata> write : sent) {
      write.get();
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  private static KafkaConsumer<String, String> consumer(String topic) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    return consumer;
  }

  private static void readUntil(
      KafkaConsumer<String, String> consumer,
      List<ConsumerRecord<String, String>> seen,
      int count) {
    while (seen.size() < count) {
      consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
    }
  }
}
