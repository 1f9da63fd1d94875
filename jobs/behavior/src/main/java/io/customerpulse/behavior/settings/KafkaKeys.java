package io.customerpulse.behavior.settings;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.OnLostPosition;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings of the broker. */
final class KafkaKeys {
  /** What the jobs set themselves: another value would break their guarantees. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          "bootstrap.servers",
          "isolation.level",
          "transactional.id",
          "enable.idempotence",
          "enable.auto.commit",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  private static final Key<String> BOOTSTRAP_SERVERS =
      Key.of(
          "bootstrap_servers",
          ValueType.text(
              "host:port, or several with commas between them",
              Pattern.compile("[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*")),
          "127.0.0.1:9092",
          "the broker",
          "`host:port`, several with commas");

  private static final Key<Map<String, String>> PROPERTIES =
      PropertiesReader.key(
          "passed to every Kafka client (TLS, SASL)", "all but those that the jobs set themselves");

  private static final Key<OnLostPosition> ON_LOST_POSITION =
      Key.choice(
              "on_lost_position",
              List.of(OnLostPosition.values()),
              OnLostPosition.STOP,
              "what a job does where records that it has yet to read are gone, because a topic was"
                  + " deleted and created again or retention was faster; more in"
                  + " [README.md](../README.md#on-a-cluster)")
          .described(
              "`stop`",
              "`stop`: for good, with a word; `earliest`: reads those partitions from their"
                  + " beginning; `accept_copy`: as `stop`, but a topic that was created again"
                  + " counts as a copy of the old one with the same offsets, such as a mirror on"
                  + " another broker");

  private static final Key<Duration> MAX_DRIFT =
      BoundedKeys.duration(
          "max_drift",
          Duration.ofMinutes(1),
          Duration.ofDays(365),
          Duration.ofMinutes(5),
          "how far one partition of tracking-events may be read ahead of another, by event time;"
              + " what is further ahead waits in Kafka, not in the job");

  private static final ValueType<String> NAME =
      ValueType.text(
          "a Kafka topic: letters, digits, dot, hyphen and underscore, at most 249 of them",
          Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}"));

  private static final List<Key<String>> NAMES =
      Arrays.stream(Topic.values()).map(topic -> name(topic.wireName())).toList();

  static final SectionKeys KAFKA =
      SectionKeys.of("kafka", BOOTSTRAP_SERVERS, PROPERTIES, ON_LOST_POSITION, MAX_DRIFT);
  static final SectionKeys TOPICS = new SectionKeys("kafka.topics", List.copyOf(NAMES));

  private KafkaKeys() {}

  static KafkaSettings read(Section root, PropertiesReader properties) {
    Section section = KAFKA.in(root);
    KafkaSettings kafka =
        new KafkaSettings(
            BOOTSTRAP_SERVERS.read(section),
            properties.read(section, PROPERTIES, OWN_PROPERTIES),
            ON_LOST_POSITION.read(section),
            MAX_DRIFT.read(section),
            topics(TOPICS.in(section)));
    section.refuseUnknownKeys();
    return kafka;
  }

  private static Map<String, String> topics(Section section) {
    Map<String, String> topics = new LinkedHashMap<>();
    Map<String, String> users = new LinkedHashMap<>();
    for (Key<String> name : NAMES) {
      String own = name.read(section);
      topics.put(name.name(), own);
      String other = users.putIfAbsent(own, name.name());
      if (other != null) {
        section.refuse(
            name.name(), "is the topic of " + other + " already; allowed: a topic of its own");
      }
    }
    section.refuseUnknownKeys();
    return Collections.unmodifiableMap(topics);
  }

  private static Key<String> name(String contractName) {
    return Key.of(
            contractName,
            NAME,
            contractName,
            "what a topic is called in this deployment",
            "a Kafka topic, each used once")
        .described("as it is", "a Kafka topic, each used once");
  }
}
