package io.customerpulse.client.kafka;

/** The broker has no topic of that name. */
public final class UnknownTopicException extends RuntimeException {
  UnknownTopicException(String name, String bootstrapServers) {
    super("The broker at " + bootstrapServers + " has no topic " + name);
  }
}
