package io.customerpulse.client.flink;

/** A cluster that doesn't answer, or refuses; the message is for people. */
public final class FlinkRestException extends RuntimeException {
  FlinkRestException(String message, Throwable cause) {
    super(message, cause);
  }
}
