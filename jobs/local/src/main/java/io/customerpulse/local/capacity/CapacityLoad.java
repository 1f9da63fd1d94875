package io.customerpulse.local.capacity;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.output.Topic;
import io.customerpulse.simulator.PacedTraffic;
import io.customerpulse.simulator.SimulatedRecord;
import io.customerpulse.simulator.Simulator;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends simulated traffic to the broker, at once or at a rate. */
final class CapacityLoad implements AutoCloseable {
  private final String topic;
  private final Simulator simulator;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Thread thread;

  CapacityLoad(Settings.Kafka kafka, Simulator simulator) {
    this.topic = kafka.topic(Topic.TRACKING_EVENTS.wireName());
    this.simulator = simulator;
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  /** Makes all customers known, and returns when the broker has it all. */
  void introduceAll(LongConsumer progress) throws Exception {
    long customers = simulator.settings().customers();
    for (long customer = 0; customer < customers; customer++) {
      send(simulator.introduction(customer));
      progress.accept(customer);
    }
    producer.flush();
    throwIfFailed();
  }

  /** Sends the load from now on, on a thread of its own. */
  void start(CapacityPlan plan) {
    sent.set(0);
    thread = new Thread(() -> run(plan), "capacity-load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(CapacityPlan plan) {
    try {
      // Time that the broker didn't take is made up for, so the rate holds on average.
      PacedTraffic.byWallClock(simulator, plan.perSecond())
          .run(0, plan.events(), plan.length().plus(Duration.ofMinutes(1)), this::send);
    } catch (InterruptedException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  // The callback hears of every failure; nobody needs the future as well.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(SimulatedRecord record) {
    producer.send(
        new ProducerRecord<>(topic, record.key(), record.value()),
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
    sent.incrementAndGet();
  }

  /** Of the load, without the introductions. */
  long sent() {
    return sent.get();
  }

  boolean isSending() {
    return thread.isAlive();
  }

  void throwIfFailed() throws Exception {
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("The load has ended: " + problem.getMessage(), problem);
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }
}
