package io.customerpulse.client.kafka;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.runtime.kafka.BrokerUnavailableException;
import io.customerpulse.runtime.kafka.KafkaConnection;
import io.customerpulse.runtime.kafka.KafkaOutputs;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of the contract where a deployment lacks them; existing ones stay as they are.
 */
public final class KafkaTopics {
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
  private static final Duration REQUEST_WITHIN = Duration.ofSeconds(5);
  private static final Duration LED_WITHIN = Duration.ofMinutes(1);

  private final KafkaSettings kafka;

  public KafkaTopics(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * How new topics are laid out.
   *
   * @param partitions at least 1; it bounds the parallelism of readers and cannot be lowered later
   * @param replicationFactor copies of each partition; empty for the broker's default
   * @param retention how long history is kept; topics that keep the latest value per key ignore it
   */
  public record Layout(int partitions, Optional<Short> replicationFactor, Duration retention) {}

  /**
   * Creates those that are missing, and returns when they take records.
   *
   * @return what was created
   * @throws BrokerUnavailableException if no broker answers within about 15 s, or it refuses, or a
   *     new partition has no leader within a minute
   */
  public Set<Topic> createMissing(Collection<Topic> topics, Layout layout)
      throws InterruptedException {
    try (Admin admin = Admin.create(adminProperties())) {
      return createMissing(admin, topics, layout);
    } catch (ExecutionException e) {
      throw BrokerUnavailableException.of(kafka, GIVE_UP_AFTER, e.getCause());
    } catch (KafkaException e) {
      throw BrokerUnavailableException.of(kafka, GIVE_UP_AFTER, e);
    }
  }

  private Set<Topic> createMissing(Admin admin, Collection<Topic> topics, Layout layout)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    Map<Topic, NewTopic> missing = new LinkedHashMap<>();
    for (Topic topic : topics) {
      if (!existing.contains(name(topic))) {
        missing.put(topic, newTopic(topic, layout));
      }
    }
    Map<String, KafkaFuture<Void>> creations = admin.createTopics(missing.values()).values();
    Set<Topic> created = EnumSet.noneOf(Topic.class);
    for (Topic topic : missing.keySet()) {
      if (isCreated(creations.get(name(topic)))) {
        created.add(topic);
      }
    }
    Map<String, Integer> partitions = new HashMap<>();
    created.forEach(topic -> partitions.put(name(topic), layout.partitions()));
    NewPartitions.awaitLeaders(admin, partitions, LED_WITHIN);
    return created;
  }

  /** False if somebody else was faster. */
  private static boolean isCreated(KafkaFuture<Void> creation)
      throws ExecutionException, InterruptedException {
    try {
      creation.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  private NewTopic newTopic(Topic topic, Layout layout) {
    Map<String, String> configs = new HashMap<>();
    // A record that is too large for us should be refused by us, as a dead letter, not by the
    // broker in somebody else's log.
    configs.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaOutputs.MAX_RECORD_BYTES));
    switch (topic.retains()) {
      case HISTORY -> {
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(layout.retention().toMillis()));
      }
      case LATEST_PER_KEY ->
          configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }
    if (topic != Topic.TRACKING_EVENTS) {
      // Our records bear event time. Retention counted from there would delete a backfill as soon
      // as it is written, and the broker refuses records from the future; the values say the event
      // time anyway. Of the input, the producer's timestamp is the time of reception.
      configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }
    return new NewTopic(name(topic), Optional.of(layout.partitions()), layout.replicationFactor())
        .configs(configs);
  }

  private String name(Topic topic) {
    return kafka.topic(topic.wireName());
  }

  private Properties adminProperties() {
    Properties properties = KafkaConnection.properties(kafka);
    properties.setProperty(
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(REQUEST_WITHIN.toMillis()));
    properties.setProperty(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        String.valueOf(GIVE_UP_AFTER.toMillis()));
    return properties;
  }
}
