package io.customerpulse.runtime.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/**
 * The broker.
 *
 * @param properties passed to every Kafka client as they are: TLS, SASL
 * @param maxDrift how far one partition may be read ahead of another, by event time
 * @param topics the contract's name of every topic → the name in this deployment
 */
public record KafkaSettings(
    String bootstrapServers,
    Map<String, String> properties,
    OnLostPosition onLostPosition,
    Duration maxDrift,
    Map<String, String> topics)
    implements Serializable {

  /** The name that a topic of the contract has in this deployment. */
  public String topic(String contractName) {
    return topics.getOrDefault(contractName, contractName);
  }

  /** Names the properties and keeps their values to itself: passwords are among them. */
  @Override
  public String toString() {
    return "Kafka[bootstrapServers="
        + bootstrapServers
        + ", properties="
        + new TreeSet<>(properties.keySet())
        + ", onLostPosition="
        + onLostPosition
        + ", maxDrift="
        + maxDrift
        + ", topics="
        + topics
        + "]";
  }
}
