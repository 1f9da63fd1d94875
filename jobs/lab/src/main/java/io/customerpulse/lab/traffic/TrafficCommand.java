package io.customerpulse.lab.traffic;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.BrokerSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/traffic}: something to watch on a cluster that has no shop yet. */
@Command(
    name = "traffic",
    mixinStandardHelpOptions = true,
    description = {
      "Sends simulated tracking events of mini-programs to the broker, at the time it is, until it",
      "has sent all of them or is interrupted. A little of it is late, doubled or broken, as in",
      "real life. For trials: never send it to the topic of a shop that has customers."
    })
public final class TrafficCommand implements Callable<Integer> {
  private static final int MAX_PER_SECOND = 10_000;
  private static final Duration WAITS_FOR_BROKER = Duration.ofSeconds(20);
  private static final long BATCHES_A_SECOND = 10;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "50",
      description = "Events, 1 to 10000 [${DEFAULT-VALUE}].")
  private int perSecond;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many; default: never.")
  private long events;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "3000",
      description = "How many there are, 100 to 100000000 [${DEFAULT-VALUE}].")
  private int customers;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides who does what [${DEFAULT-VALUE}].")
  private long seed;

  @Mixin private BrokerSettings broker;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check("--per-second", perSecond, 1, MAX_PER_SECOND);
    check("--customers", customers, 100, 100_000_000);
    check("--events", events, 0, Long.MAX_VALUE);
    DeploymentSettings settings = broker.read();
    Simulator simulator = simulator();
    long last = events == 0 ? simulator.maxNumber() : events;
    try (TrackingEventProducer producer =
        new TrackingEventProducer(
            settings.kafka(),
            Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                WAITS_FOR_BROKER.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) WAITS_FOR_BROKER.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) WAITS_FOR_BROKER.toMillis() / 2))) {
      flow(simulator, last, producer);
      spec.commandLine()
          .getOut()
          .println(String.format(Locale.ROOT, "%,d events sent.", producer.sent()));
    }
    return ExitCode.OK;
  }

  private void flow(Simulator simulator, long last, TrackingEventProducer producer)
      throws IOException, InterruptedException {
    PacedTraffic traffic = PacedTraffic.byWallClock(simulator::event, perSecond);
    long batch = Math.max(1, perSecond / BATCHES_A_SECOND);
    try (Progress progress = Progress.onStandardError()) {
      long number = 0;
      while (number < last) {
        // Piece by piece, so that a broker which is away is noticed soon.
        number =
            traffic.run(
                number, Math.min(last, number + batch), Duration.ofMinutes(1), producer::send);
        producer.throwIfFailed();
        progress.show(() -> String.format(Locale.ROOT, "%,d events sent", producer.sent()));
      }
      producer.flush();
    }
  }

  /** Time passes in it as on the clock. */
  private Simulator simulator() {
    try {
      return new Simulator(
          SimulatorSettings.builder()
              .seed(seed)
              .customers(customers)
              .start(Instant.now())
              .spanning(Duration.ofSeconds(1), perSecond)
              .build());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void check(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": " + value + " is not allowed; allowed: " + least + " to " + most);
    }
  }
}
