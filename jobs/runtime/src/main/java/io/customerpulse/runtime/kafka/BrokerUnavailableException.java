package io.customerpulse.runtime.kafka;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** The broker could not be used; the message is meant for whoever started the command. */
public final class BrokerUnavailableException extends RuntimeException {
  public BrokerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What an administrative client has met.
   *
   * @param within how long an answer was waited for
   */
  public static BrokerUnavailableException of(
      KafkaSettings kafka, Duration within, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new BrokerUnavailableException(
          address(kafka)
              + ": no broker answered within "
              + within.toSeconds()
              + " s. Is it running, and do kafka.properties fit its TLS and SASL?",
          cause);
    }
    // What the client library found wrong with an address or a password stands in its cause.
    Throwable reason = cause.getCause() instanceof KafkaException ? cause.getCause() : cause;
    return new BrokerUnavailableException(address(kafka) + ": " + reason.getMessage(), cause);
  }

  static String address(KafkaSettings kafka) {
    return "kafka.bootstrap_servers: " + kafka.bootstrapServers();
  }
}
