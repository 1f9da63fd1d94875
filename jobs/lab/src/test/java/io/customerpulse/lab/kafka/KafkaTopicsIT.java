package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.runtime.kafka.BrokerUnavailableException;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.OnLostPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaTopicsIT {
  private static final KafkaTopics.Layout LAYOUT =
      new KafkaTopics.Layout(3, Optional.of((short) 1), Duration.ofDays(2));

  @Test
  void createsWhatIsMissingAsTheContractSays() throws Exception {
    try (LocalBroker broker = LocalBroker.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      broker.createTopics(1, "behavior-events");
      KafkaTopics topics =
          new KafkaTopics(kafka(broker.bootstrapServers(), Map.of("customer-profiles", "acme.p")));

      assertThat(topics.createMissing(EnumSet.allOf(Topic.class), LAYOUT))
          .isEqualTo(EnumSet.complementOf(EnumSet.of(Topic.BEHAVIOR_EVENTS)));
      assertThat(topics.createMissing(EnumSet.allOf(Topic.class), LAYOUT)).isEmpty();

      assertThat(admin.listTopics().names().get()).contains("acme.p", "dead-letters");
      assertThat(partitions(admin, "acme.p")).isEqualTo(3);
      assertThat(partitions(admin, "behavior-events")).isEqualTo(1);
      assertThat(config(admin, "acme.p", "cleanup.policy")).isEqualTo("compact");
      assertThat(config(admin, "marketing-triggers", "cleanup.policy")).isEqualTo("delete");
      assertThat(config(admin, "marketing-triggers", "retention.ms")).isEqualTo("172800000");
      assertThat(config(admin, "marketing-triggers", "message.timestamp.type"))
          .isEqualTo("LogAppendTime");
      assertThat(config(admin, "tracking-events", "message.timestamp.type"))
          .isEqualTo("CreateTime");
    }
  }

  @Test
  void newTopicsTakeRecordsAtOnce() throws Exception {
    // So many that the broker is still busy with them when the controller has answered.
    int partitions = 50;
    KafkaTopics.Layout wide =
        new KafkaTopics.Layout(partitions, Optional.empty(), Duration.ofDays(2));
    try (LocalBroker broker = LocalBroker.start();
        KafkaProducer<String, String> producer = withoutRetries(broker)) {
      new KafkaTopics(kafka(broker.bootstrapServers(), Map.of()))
          .createMissing(EnumSet.of(Topic.TRACKING_EVENTS), wide);
      assertTakesARecordInEachPartition(producer, "tracking-events", partitions);

      broker.createTopics(partitions, "other");
      assertTakesARecordInEachPartition(producer, "other", partitions);
    }
  }

  @Test
  @Timeout(30)
  void saysWhichBrokerDoesNotAnswer() {
    // Nothing listens on port 1 of this machine.
    KafkaTopics topics = new KafkaTopics(kafka("127.0.0.1:1", Map.of()));

    assertThatThrownBy(() -> topics.createMissing(EnumSet.of(Topic.DEAD_LETTERS), LAYOUT))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageStartingWith("kafka.bootstrap_servers: 127.0.0.1:1: no broker answered within");
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    KafkaTopics topics = new KafkaTopics(kafka("nowhere", Map.of()));

    assertThatThrownBy(() -> topics.createMissing(EnumSet.of(Topic.DEAD_LETTERS), LAYOUT))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessage("kafka.bootstrap_servers: nowhere: Invalid url in bootstrap.servers: nowhere");
  }

  /** Fails where any other producer would lose or delay a record. */
  private static KafkaProducer<String, String> withoutRetries(LocalBroker broker) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "enable.idempotence",
            false,
            "retries",
            0),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void assertTakesARecordInEachPartition(
      KafkaProducer<String, String> producer, String topic, int partitions) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, "key", "value")));
    }
    producer.flush();
    assertThat(sent).allSatisfy(record -> assertThat(record).succeedsWithin(Duration.ZERO));
  }

  private static KafkaSettings kafka(String bootstrapServers, Map<String, String> topics) {
    return new KafkaSettings(
        bootstrapServers, Map.of(), OnLostPosition.STOP, Duration.ofMinutes(5), topics);
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static String config(Admin admin, String topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(key).value();
  }
}
