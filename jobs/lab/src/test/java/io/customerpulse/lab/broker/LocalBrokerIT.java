package io.customerpulse.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {

  @Test
  void hasItsDataBackAfterARestart(@TempDir Path directory) throws Exception {
    int port;
    try (LocalBroker broker = LocalBroker.start(directory, 0)) {
      port = broker.port();
      broker.createTopics(1, "kept");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t"),
              new StringSerializer(),
              new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("kept", "k", "v")).get();
        producer.commitTransaction();
      }
    }
    try (LocalBroker broker = LocalBroker.start(directory, port)) {
      assertThat(broker.port()).isEqualTo(port);
      assertThat(read(broker, "kept")).containsExactly("v");
      assertThatThrownBy(() -> broker.createTopics(1, "kept")).hasMessageContaining("kept");
      assertThatThrownBy(() -> LocalBroker.start(directory.resolve("other"), port))
          .hasMessageContaining("Port " + port);
    }
  }

  private static List<String> read(LocalBroker broker, String topic) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      return consumer.poll(Duration.ofSeconds(10)).records(partition).stream()
          .map(found -> found.value())
          .toList();
    }
  }
}
