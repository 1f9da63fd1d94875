package io.customerpulse.lab.traffic;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends tracking events to the broker without waiting for each; the first that fails is told by
 * {@link #throwIfFailed}. For any number of threads.
 */
public final class TrackingEventProducer implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A producer for a broker.
   *
   * @param properties of Kafka's client that differ from {@code kafka.properties}
   */
  public TrackingEventProducer(KafkaSettings kafka, Map<String, Object> properties) {
    this.topic = kafka.topic(Topic.TRACKING_EVENTS.wireName());
    Properties all = new Properties();
    all.putAll(kafka.properties());
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    all.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    all.putAll(properties);
    producer = new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
  }

  /** Into the partition of the record's key. */
  public void send(SimulatedRecord record) {
    send(new ProducerRecord<>(topic, record.key(), record.value()));
  }

  public void send(int partition, String key, byte[] value) {
    send(new ProducerRecord<>(topic, partition, key, value));
  }

  // The callback hears of every failure; nobody needs the future as well.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(ProducerRecord<String, byte[]> record) {
    producer.send(
        record,
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
    sent.incrementAndGet();
  }

  /** How many records have been handed over, whether the broker has them yet or not. */
  public long sent() {
    return sent.get();
  }

  /** Waits until the broker has all of them. */
  public void flush() throws IOException {
    producer.flush();
    throwIfFailed();
  }

  /**
   * Tells of a record that the broker hasn't taken.
   *
   * @throws IOException if there was one
   */
  public void throwIfFailed() throws IOException {
    Exception problem = failure.get();
    if (problem != null) {
      throw new IOException(
          "The broker doesn't take the traffic: " + problem.getMessage(), problem);
    }
  }

  /** Drops what the broker doesn't take within a second. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
