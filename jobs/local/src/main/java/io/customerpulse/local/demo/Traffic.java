package io.customerpulse.local.demo;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.output.Topic;
import io.customerpulse.simulator.PacedTraffic;
import io.customerpulse.simulator.SimulatedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Simulated traffic on its way to the topic of tracking events, in a thread of its own. */
final class Traffic {
  private final String topic;
  private final PacedTraffic traffic;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Thread thread;

  Traffic(Settings settings, PacedTraffic traffic) {
    this.topic = settings.kafka().topic(Topic.TRACKING_EVENTS.wireName());
    this.traffic = traffic;
    Properties properties = new Properties();
    properties.putAll(settings.kafka().properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  void start(long events, Duration atMost) {
    thread =
        new Thread(
            () -> {
              try {
                traffic.run(0, events, atMost, this::send);
              } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
              }
            },
            "demo-traffic");
    thread.setDaemon(true);
    thread.start();
  }

  private void send(SimulatedRecord record) {
    send(new ProducerRecord<>(topic, record.key(), record.value()));
    sent.incrementAndGet();
  }

  // The callback hears of every failure; nobody needs the future as well.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(ProducerRecord<String, byte[]> record) {
    producer.send(
        record,
        (metadata, problem) -> {
          if (problem != null) {
            failure.set(problem);
          }
        });
  }

  boolean isFlowing() {
    return thread.isAlive();
  }

  long sent() {
    return sent.get();
  }

  void throwIfFailed() throws Exception {
    Exception problem = failure.get();
    if (problem != null) {
      throw problem;
    }
  }

  /**
   * Ends the traffic with one visitor per partition who comes a little later: event time is the
   * only clock, so somebody has to let it go on.
   *
   * @return how many came
   */
  long close(Instant at, int partitions) throws Exception {
    for (int partition = 0; partition < partitions; partition++) {
      String visitor =
          "{\"type\":\"browse\",\"app_id\":\"demo\",\"anonymous_id\":\"closing-%d\",\"event_time\":\"%s\"}"
              .formatted(partition, at);
      send(
          new ProducerRecord<>(
              topic, partition, "closing", visitor.getBytes(StandardCharsets.UTF_8)));
    }
    producer.flush();
    producer.close();
    throwIfFailed();
    return partitions;
  }
}
