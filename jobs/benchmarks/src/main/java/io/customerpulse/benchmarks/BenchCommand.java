package io.customerpulse.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.local.broker.LocalBroker;
import io.customerpulse.local.cli.Progress;
import io.customerpulse.simulator.Simulator;
import io.customerpulse.simulator.SimulatorSettings;
import io.customerpulse.simulator.SimulatorSettings.Proportions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench}: what the customer topology costs beside simpler jobs, in one run. */
@Command(
    name = "scripts/bench",
    mixinStandardHelpOptions = true,
    description = {
      "Runs jobs of growing weight over the same simulated visits, side by side, each in a JVM of",
      "its own with the broker in another: Kafka → decode → keyBy → discard; the same with one POJO",
      "in RocksDB; the customer topology. Prints events per second, CPU per event, and ratios."
    })
public final class BenchCommand implements Callable<Integer> {
  static final String RESULT = "RESULT ";
  private static final String TOPIC = "bench-behavior-events";
  private static final long QUICK_EVENTS = 1_000_000;
  private static final long EVENTS = 5_000_000;
  private static final int CUSTOMERS = 100_000;

  /** At this interval about 1,500 visits go on at a time. */
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @Option(names = "--quick", description = "A fifth of the events.")
  private boolean quick;

  @Option(names = "--out", paramLabel = "FILE.json", description = "Write the results there, too.")
  private Path out;

  private BenchCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long events = quick ? QUICK_EVENTS : EVENTS;
    Simulator simulator =
        new Simulator(
            SimulatorSettings.builder()
                .customers(CUSTOMERS)
                .interval(INTERVAL)
                .proportions(Proportions.flawless())
                .build());
    Map<Workload, Result> results = new EnumMap<>(Workload.class);
    Path data = Files.createTempDirectory("bench-broker");
    try (LocalBroker broker = LocalBroker.start(data, 0)) {
      broker.createTopics(WorkloadMain.PARALLELISM, TOPIC);
      try (Progress progress = Progress.onStandardError()) {
        EventTopic.fill(
            broker.bootstrapServers(),
            TOPIC,
            simulator,
            events,
            number -> progress.show(() -> "writing event %,d of %,d".formatted(number, events)));
      }
      String end = simulator.time(events - 1).toString();
      for (Workload workload : Workload.values()) {
        Result result = run(workload, broker.bootstrapServers(), events, end);
        results.put(workload, result);
        System.out.printf(
            Locale.ROOT,
            "%-14s %,10.0f events/s  %6.2f µs CPU/event%n",
            workload.name().toLowerCase(Locale.ROOT),
            result.eventsPerSecond(),
            result.cpuMicrosPerEvent());
      }
    }
    report(results, events);
    return 0;
  }

  private Result run(Workload workload, String broker, long events, String end)
      throws IOException, InterruptedException {
    Path tmp = Files.createTempDirectory("bench-" + workload);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-Djava.io.tmpdir=" + tmp);
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--add-opens") || argument.startsWith("-Dcustomerpulse.log")) {
        command.add(argument);
      }
    }
    String home = System.getProperty("customerpulse.home", ".");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            WorkloadMain.class.getName(),
            workload.name(),
            broker,
            TOPIC,
            Long.toString(events),
            end,
            home));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread hook = new Thread(process::destroy, "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.lines().filter(each -> each.startsWith(RESULT)).findFirst().orElse(null);
      if (process.waitFor() != 0 || line == null) {
        throw new IllegalStateException("The run of " + workload + " failed");
      }
      List<String> figures = List.of(line.substring(RESULT.length()).split(" ", -1));
      return new Result(
          workload, Double.parseDouble(figures.get(0)), Double.parseDouble(figures.get(1)));
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void report(Map<Workload, Result> results, long events) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode report = json.createObjectNode();
    report.put("events", events).put("customers", CUSTOMERS);
    report.put("parallelism", WorkloadMain.PARALLELISM);
    ObjectNode runs = report.putObject("runs");
    results.forEach(
        (workload, result) ->
            runs.putObject("sessions." + workload.name().toLowerCase(Locale.ROOT))
                .put("events_per_second", result.eventsPerSecond())
                .put("cpu_micros_per_event", result.cpuMicrosPerEvent()));
    Result customer = results.get(Workload.CUSTOMER);
    ObjectNode ratios = report.putObject("ratios");
    for (Workload baseline : List.of(Workload.PASS_THROUGH, Workload.POJO_STATE)) {
      Result base = results.get(baseline);
      String name = "sessions.customer_over_" + baseline.name().toLowerCase(Locale.ROOT);
      ratios.put(name, customer.eventsPerSecond() / base.eventsPerSecond());
      ratios.put(name + "_by_cpu", base.cpuMicrosPerEvent() / customer.cpuMicrosPerEvent());
    }
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ratios
        .properties()
        .forEach(
            ratio ->
                console.printf(
                    Locale.ROOT, "%-42s %.2f%n", ratio.getKey(), ratio.getValue().asDouble()));
    if (out != null) {
      Files.writeString(out, json.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }
  }
}
