package io.customerpulse.lab.capacity;

import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.traffic.TrackingEventProducer;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sends simulated traffic to the broker, at once or at a rate. */
final class LoadTestTraffic implements AutoCloseable {
  private final Simulator simulator;
  private final TrackingEventProducer producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong sent = new AtomicLong();
  private Thread thread;

  LoadTestTraffic(KafkaSettings kafka, Simulator simulator) {
    this.simulator = simulator;
    producer =
        new TrackingEventProducer(kafka, Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
  }

  /** Makes all customers known, and returns when the broker has it all. */
  void introduceAll(LongConsumer progress) throws IOException {
    long customers = simulator.settings().customers();
    for (long customer = 0; customer < customers; customer++) {
      producer.send(simulator.introduction(customer));
      progress.accept(customer);
    }
    producer.flush();
  }

  /** Sends the load from now on, on a thread of its own. */
  void start(LoadTestPlan plan) {
    thread = new Thread(() -> run(plan), "capacity-load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(LoadTestPlan plan) {
    try {
      // Time that the broker didn't take is made up for, so the rate holds on average.
      PacedTraffic.byWallClock(simulator, plan.perSecond())
          .run(0, plan.events(), plan.length().plus(Duration.ofMinutes(1)), this::send);
    } catch (InterruptedException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void send(SimulatedRecord record) {
    producer.send(record);
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
    producer.throwIfFailed();
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
    producer.close();
  }
}
