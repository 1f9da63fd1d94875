package io.customerpulse.lab.traffic;

import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sends records to the broker, at once or at a rate; holds no more of them than Kafka's producer
 * does.
 */
public final class SteadyLoad implements AutoCloseable {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final TrackingEventProducer producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong sent = new AtomicLong();
  private Thread thread;
  private volatile boolean ending;

  public SteadyLoad(KafkaSettings kafka) {
    producer =
        new TrackingEventProducer(kafka, Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
  }

  /**
   * Sends records 0 to {@code count} (exclusive) as fast as the broker takes them; returns when it
   * has them.
   */
  public void sendAll(LongFunction<SimulatedRecord> records, long count, LongConsumer progress)
      throws IOException {
    for (long number = 0; number < count; number++) {
      producer.send(records.apply(number));
      progress.accept(number);
    }
    producer.flush();
  }

  /**
   * Sends records from 0 on at a rate from now on, on a thread of its own. Time that the broker
   * didn't take is made up for, so the rate holds on average.
   *
   * @param count so many at most
   * @param atMost so long at most
   */
  public void start(
      LongFunction<SimulatedRecord> records, int perSecond, long count, Duration atMost) {
    ending = false;
    sent.set(0);
    thread = new Thread(() -> run(records, perSecond, count, atMost), "steady-load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(
      LongFunction<SimulatedRecord> records, int perSecond, long count, Duration atMost) {
    try {
      PacedTraffic.byWallClock(records, perSecond).run(0, count, atMost, this::send);
    } catch (InterruptedException | RuntimeException e) {
      if (!ending) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void send(SimulatedRecord record) {
    producer.send(record);
    sent.incrementAndGet();
  }

  /** Ends what was started; returns when the broker has what was sent. */
  public void stop() throws Exception {
    end();
    thread.join(ENDS_WITHIN.toMillis());
    throwIfFailed();
    producer.flush();
  }

  private void end() {
    ending = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** How many since the last start. */
  public long sent() {
    return sent.get();
  }

  public boolean isSending() {
    return thread.isAlive();
  }

  /** Tells why it has ended too early, if it has. */
  public void throwIfFailed() throws Exception {
    producer.throwIfFailed();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("The load has ended: " + problem.getMessage(), problem);
    }
  }

  @Override
  public void close() {
    end();
    producer.close();
  }
}
