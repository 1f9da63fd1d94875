package io.customerpulse.lab.soak;

import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.traffic.TrackingEventProducer;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Load that survives every fault: what it sends stands on the topic once and, in each partition, in
 * order, however long the broker is away. Simulated time stands still meanwhile, so that no event
 * is late because of a fault.
 */
final class SoakTraffic implements AutoCloseable {
  private static final Duration OUTLASTS = Duration.ofHours(1);

  private final Simulator simulator;
  private final int perSecond;
  private final TrackingEventProducer producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile int partitions;
  private volatile boolean ending;
  private Thread thread;

  SoakTraffic(KafkaSettings kafka, Simulator simulator, int perSecond, int partitions) {
    this.simulator = simulator;
    this.perSecond = perSecond;
    this.partitions = partitions;
    producer =
        new TrackingEventProducer(
            kafka,
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                OUTLASTS.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) OUTLASTS.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000));
  }

  void start() {
    thread = new Thread(this::run, "soak-traffic");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      PacedTraffic traffic = PacedTraffic.byWallClock(simulator::event, perSecond);
      long number = 0;
      while (!ending) {
        // A second at a time, so that an outage isn't made up for in one burst.
        number = traffic.run(number, number + perSecond, OUTLASTS, this::send);
      }
    } catch (InterruptedException | RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(SimulatedRecord record) {
    int partition = Math.floorMod(record.key().hashCode(), partitions);
    producer.send(partition, record.key(), record.value());
  }

  long sent() {
    return producer.sent();
  }

  /** From now on, traffic goes to so many partitions. */
  void spreadOver(int count) {
    partitions = count;
  }

  int partitions() {
    return partitions;
  }

  /** Ends the traffic; returns the time that the world had come to. */
  Instant end() throws Exception {
    ending = true;
    thread.join();
    producer.flush();
    throwIfFailed();
    return simulator.time(producer.sent());
  }

  /** One visitor per partition who comes later, so that event time goes on to there. */
  void close(Instant at) throws Exception {
    for (int partition = 0; partition < partitions; partition++) {
      String visitor =
          String.format(
              Locale.ROOT,
              "{\"type\":\"browse\",\"app_id\":\"soak\",\"anonymous_id\":\"closing-%d\",\"event_time\":\"%s\",\"received_at\":\"%s\"}",
              partition,
              at,
              at);
      producer.send(partition, "closing", visitor.getBytes(StandardCharsets.UTF_8));
    }
    producer.flush();
    throwIfFailed();
  }

  void throwIfFailed() throws Exception {
    producer.throwIfFailed();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("The traffic has ended: " + problem.getMessage(), problem);
    }
  }

  @Override
  public void close() {
    ending = true;
    if (thread != null) {
      thread.interrupt();
    }
    producer.close();
  }
}
