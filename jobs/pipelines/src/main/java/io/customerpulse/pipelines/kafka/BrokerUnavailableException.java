package io.customerpulse.pipelines.kafka;

/** The broker could not be used; the message is meant for whoever started the command. */
public final class BrokerUnavailableException extends RuntimeException {
  public BrokerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
