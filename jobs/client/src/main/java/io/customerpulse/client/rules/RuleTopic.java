package io.customerpulse.client.rules;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.runtime.kafka.BrokerUnavailableException;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic trigger-rules: what stands there, and how a new word gets there. */
final class RuleTopic {
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(15);

  /** The same for every command: what one leaves open when it is killed, the next one ends. */
  private static final String TRANSACTIONS = "customer-pulse-rules-";

  /** A topic of a few hundred records that every job reads whole. */
  private static final KafkaTopics.Layout LAYOUT =
      new KafkaTopics.Layout(1, Optional.empty(), Duration.ofDays(1));

  private final KafkaSettings kafka;
  private final RuleRecords records = new RuleRecords();

  RuleTopic(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * The latest record under each key, in bytes: somebody may have written there what can't be read.
   *
   * @throws BrokerUnavailableException if no broker answers
   */
  Map<String, byte[]> read() throws InterruptedException {
    new KafkaTopics(kafka).createMissing(EnumSet.of(Topic.TRIGGER_RULES), LAYOUT);
    Map<String, byte[]> latest = new TreeMap<>();
    try (TopicReader reader = new TopicReader(kafka, List.of(Topic.TRIGGER_RULES), true)) {
      for (ConsumerRecord<String, byte[]> record : reader.readToEnd(GIVE_UP_AFTER)) {
        if (record.value() == null) {
          latest.remove(record.key());
        } else {
          latest.put(record.key(), record.value());
        }
      }
    }
    return latest;
  }

  /**
   * Writes records, all of them or none, and returns when the broker has them for good. Whoever
   * else was about to write, or died while writing, is put aside: two commands at once don't mix.
   *
   * @param changed by key
   */
  void write(Map<String, TriggerRuleRecord> changed) throws InterruptedException {
    if (changed.isEmpty()) {
      return;
    }
    String topic = kafka.topic(Topic.TRIGGER_RULES.wireName());
    List<ProducerRecord<String, byte[]>> words = new ArrayList<>();
    for (Map.Entry<String, TriggerRuleRecord> each : changed.entrySet()) {
      byte[] value = records.encode(each.getValue());
      // What is written here is taken there: the same check, before anything leaves.
      records.read(each.getKey(), value);
      words.add(new ProducerRecord<>(topic, each.getKey(), value));
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(properties(topic), new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<String, byte[]> word : words) {
        sent.add(producer.send(word));
      }
      for (Future<RecordMetadata> write : sent) {
        write.get();
      }
      // Without this, closing takes back what was sent.
      producer.commitTransaction();
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private BrokerUnavailableException unavailable(Throwable cause) {
    return new BrokerUnavailableException(
        "kafka.bootstrap_servers: " + kafka.bootstrapServers() + ": " + cause.getMessage(), cause);
  }

  private Properties properties(String topic) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(GIVE_UP_AFTER.toMillis()));
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONS + topic);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) GIVE_UP_AFTER.toMillis());
    return properties;
  }
}
