package io.customerpulse.runtime.kafka;

import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/** What every Kafka client of a deployment is built from. */
public final class KafkaConnection {
  private KafkaConnection() {}

  /** The deployment's own properties, TLS and SASL among them, and where the broker is. */
  public static Properties properties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return properties;
  }
}
