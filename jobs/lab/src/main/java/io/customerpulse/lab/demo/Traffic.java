package io.customerpulse.lab.demo;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.traffic.TrackingEventProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Simulated traffic on its way to the topic of tracking events, in a thread of its own. */
final class Traffic {
  private final PacedTraffic traffic;
  private final TrackingEventProducer producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Thread thread;

  Traffic(DeploymentSettings settings, PacedTraffic traffic) {
    this.traffic = traffic;
    producer = new TrackingEventProducer(settings.kafka(), Map.of());
  }

  void start(long events, Duration atMost) {
    thread =
        new Thread(
            () -> {
              try {
                traffic.run(0, events, atMost, producer::send);
              } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
              }
            },
            "demo-traffic");
    thread.setDaemon(true);
    thread.start();
  }

  boolean isFlowing() {
    return thread.isAlive();
  }

  long sent() {
    return producer.sent();
  }

  void throwIfFailed() throws Exception {
    producer.throwIfFailed();
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
          String.format(
              Locale.ROOT,
              "{\"type\":\"browse\",\"app_id\":\"demo\",\"anonymous_id\":\"closing-%d\",\"event_time\":\"%s\"}",
              partition,
              at);
      producer.send(partition, "closing", visitor.getBytes(StandardCharsets.UTF_8));
    }
    producer.flush();
    producer.close();
    throwIfFailed();
    return partitions;
  }
}
