package io.customerpulse.client.kafka;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.runtime.kafka.BrokerUnavailableException;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics as a marketing system should: only what is committed. For one thread. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration METADATA_WITHIN = Duration.ofSeconds(15);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * Reads all partitions of some topics.
   *
   * @param fromBeginning whether what is there already is read too
   * @throws UnknownTopicException if the broker has no such topic
   * @throws BrokerUnavailableException if no broker answers
   */
  public TopicReader(KafkaSettings kafka, Collection<Topic> topics, boolean fromBeginning) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      assign(kafka, topics, fromBeginning);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void assign(KafkaSettings kafka, Collection<Topic> topics, boolean fromBeginning) {
    Map<String, List<PartitionInfo>> existing = existing(kafka);
    for (Topic topic : topics) {
      String name = kafka.topic(topic.wireName());
      if (!existing.containsKey(name)) {
        throw new UnknownTopicException(name, kafka.bootstrapServers());
      }
      for (PartitionInfo partition : existing.get(name)) {
        partitions.add(new TopicPartition(name, partition.partition()));
      }
    }
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }
  }

  private Map<String, List<PartitionInfo>> existing(KafkaSettings kafka) {
    try {
      return consumer.listTopics(METADATA_WITHIN);
    } catch (TimeoutException e) {
      throw new BrokerUnavailableException(
          "no Kafka broker answers at " + kafka.bootstrapServers() + " (kafka.bootstrap_servers)",
          e);
    }
  }

  /** What has come, after waiting for it for a time at the most. */
  public Iterable<ConsumerRecord<String, byte[]>> poll(Duration atMost) {
    return consumer.poll(atMost);
  }

  /**
   * Everything up to the ends that the partitions have now.
   *
   * @throws BrokerUnavailableException if that takes longer than a time
   */
  public List<ConsumerRecord<String, byte[]>> readToEnd(Duration atMost) {
    long giveUpNanos = System.nanoTime() + atMost.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, atMost);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    while (!partitions.stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
      if (System.nanoTime() - giveUpNanos > 0) {
        throw new BrokerUnavailableException(
            partitions.get(0).topic() + ": not read within " + atMost.toSeconds() + " s", null);
      }
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  /** Makes a poll that waits in another thread throw a WakeupException. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
