package io.customerpulse.lab.soak;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic as a read_committed consumer sees it, from its beginning to its present end. */
final class CommittedTopic {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);

  private final KafkaSettings kafka;
  private final String name;

  CommittedTopic(KafkaSettings kafka, Topic topic) {
    this.kafka = kafka;
    this.name = kafka.topic(topic.wireName());
  }

  /**
   * Reads all of it.
   *
   * @throws IllegalStateException if for a minute nothing comes although there is more: an open
   *     transaction, for example
   */
  void forEach(Consumer<ConsumerRecord<String, byte[]>> receiver) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> open = new HashMap<>(ends(consumer));
      consumer.assign(open.keySet());
      consumer.seekToBeginning(open.keySet());
      long lastNanos = System.nanoTime();
      while (true) {
        open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (open.isEmpty()) {
          return;
        }
        var records = consumer.poll(POLL);
        records.forEach(receiver);
        if (!records.isEmpty()) {
          lastNanos = System.nanoTime();
        } else if (System.nanoTime() - lastNanos > GIVE_UP_AFTER.toNanos()) {
          throw new IllegalStateException(name + " cannot be read to its end: " + open);
        }
      }
    }
  }

  /** How far it reaches now, all partitions together. */
  long ends() {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      return ends(consumer).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Of each partition. */
  Map<TopicPartition, Long> endsByPartition() {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      return ends(consumer);
    }
  }

  private Map<TopicPartition, Long> ends(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(name).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    return consumer.endOffsets(partitions);
  }

  private KafkaConsumer<String, byte[]> consumer() {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
