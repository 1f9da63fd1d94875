package io.customerpulse.lab.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.live.LiveBench;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/bench}: what the customer topology costs beside simpler jobs, in one run. */
@Command(
    name = "scripts/bench",
    mixinStandardHelpOptions = true,
    description = {
      "Runs jobs of growing weight over the same simulated visits, side by side, each in a JVM of",
      "its own with the broker in another: Kafka → decode → keyBy → discard; the same with one POJO",
      "in RocksDB; the customer topology, with two rules, the same scoring by quintiles of the",
      "population, and with 500 rules. Prints events per second, CPU per event, and ratios.",
      "",
      "With --tables instead: fills a warehouse with 1,000,000 customers and 20,000,000 events through",
      "the topology of the tables job, and prints how long every ready query takes, the first answer",
      "of scripts/query from the start of its process, and a profile by its key.",
      "",
      "With --live instead: the behaviour job as it is submitted, on processes of its own, under",
      "visits at the time it is, beside a job that only reads, validates and writes. Prints",
      "processor time per event of both, the highest rate that is held, the rate at which a backlog",
      "is drained, times from a step's due time to its trigger, caches, checkpoints. Takes an hour,",
      "and 10 GB of disk; with --quick less than eight minutes."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String TOPIC = "bench-behavior-events";
  private static final long QUICK_EVENTS = 1_000_000;
  private static final long EVENTS = 5_000_000;
  private static final int CUSTOMERS = 100_000;

  private static final long CUSTOMERS_IN_TABLES = 1_000_000;
  private static final long EVENTS_IN_TABLES = 20_000_000;
  private static final int QUICK_TABLES_PART = 20;

  /** At this interval about 1,500 visits go on at a time. */
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @Option(
      names = "--tables",
      description =
          "The output tables instead. Takes 4 GB of disk; give it CUSTOMER_PULSE_HEAP=4g.")
  private boolean tables;

  @Option(names = "--live", description = "The job as it is submitted, at the time it is, instead.")
  private boolean live;

  @Option(
      names = "--quick",
      description =
          "A fifth of the events; of --tables a twentieth of customers and events; of --live a tenth"
              + " of the customers, one rate, and a short backlog.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "WORKLOAD",
      split = ",",
      description = "These alone, and the ratios between them: ${COMPLETION-CANDIDATES}.")
  private Set<Workload> only = EnumSet.allOf(Workload.class);

  @Option(names = "--out", paramLabel = "FILE.json", description = "Write the results there, too.")
  private Path out;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "Write a recording of Java Flight Recorder of each run there: WORKLOAD.jfr.")
  private Path profiles;

  @Spec private CommandSpec spec;

  private BenchCommand() {}

  public static void main(String[] args) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CommandLine command = new CommandLine(new BenchCommand());
    System.exit(CustomerPulseCommand.configured(command, err).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    checkPaths();
    if (live) {
      benchLive();
      return ExitCode.OK;
    }
    Path work = Files.createTempDirectory("bench-");
    try (ShutdownHook cleaning = new ShutdownHook("bench-cleaning", () -> delete(work))) {
      if (tables) {
        benchTables(work);
        return ExitCode.OK;
      }
      Map<Workload, Result> results = run(work, quick ? QUICK_EVENTS : EVENTS);
      report(results);
    }
    return ExitCode.OK;
  }

  private void benchLive() throws Exception {
    if (tables || profiles != null || only.size() < Workload.values().length) {
      throw wrong("--live goes with --quick and --out alone");
    }
    PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = spec.commandLine().getErr();
    LiveBench bench = new LiveBench(Installation.current().home(), quick, err);
    try (ShutdownHook stopping = new ShutdownHook("bench-live-stop", bench::close)) {
      write(bench.run(console));
    }
  }

  private void benchTables(Path work) throws Exception {
    int part = quick ? QUICK_TABLES_PART : 1;
    ObjectNode report = new ObjectMapper().createObjectNode();
    new TablesBench(
            work,
            CUSTOMERS_IN_TABLES / part,
            EVENTS_IN_TABLES / part,
            console(),
            report.putObject("tables"))
        .run();
    write(report);
  }

  private void write(ObjectNode report) throws IOException {
    if (out != null) {
      Files.writeString(
          out, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }
  }

  /** Before minutes are spent on results that could then not be written. */
  private void checkPaths() throws IOException {
    if (out != null && (Files.isDirectory(out) || !isWritable(out.toAbsolutePath().getParent()))) {
      throw wrong("--out: " + out + " cannot be written; allowed: a file in a directory that is");
    }
    if (profiles != null) {
      if (Files.exists(profiles) && !isWritable(profiles)) {
        throw wrong("--profile: " + profiles + " is no directory that can be written to");
      }
      Files.createDirectories(profiles);
    }
  }

  private static boolean isWritable(Path directory) {
    return Files.isDirectory(directory) && Files.isWritable(directory);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Map<Workload, Result> run(Path work, long events) throws Exception {
    Simulator simulator =
        new Simulator(
            SimulatorSettings.builder()
                .customers(CUSTOMERS)
                .interval(INTERVAL)
                .proportions(Proportions.flawless())
                .build());
    Map<Workload, Result> results = new EnumMap<>(Workload.class);
    // Closed by the end of the process at a signal: the broker's data goes anyway.
    try (LocalBroker broker = LocalBroker.start(work.resolve("broker"), 0);
        Progress progress = Progress.onStandardError()) {
      broker.createTopics(WorkloadMain.PARALLELISM, TOPIC);
      EventTopic.fill(
          broker.bootstrapServers(),
          TOPIC,
          simulator,
          events,
          number ->
              progress.show(
                  () -> String.format(Locale.ROOT, "Writing: %,d of %,d events", number, events)));
      Instant end = simulator.time(events - 1);
      for (Workload workload : only) {
        WorkloadProcess process =
            new WorkloadProcess(workload, broker.bootstrapServers(), TOPIC, events, end);
        Result result =
            process.run(
                Files.createDirectory(work.resolve(workload.wireName())),
                profiles,
                number ->
                    progress.show(
                        () ->
                            String.format(
                                Locale.ROOT,
                                "%s: %,d of %,d events",
                                workload.wireName(),
                                number,
                                events)));
        progress.clear();
        results.put(workload, result);
        console()
            .printf(
                Locale.ROOT,
                "%-14s %,10.0f events/s  %6.2f µs CPU/event%n",
                workload.wireName(),
                result.eventsPerSecond(),
                result.cpuMicrosPerEvent());
      }
    }
    return results;
  }

  private void report(Map<Workload, Result> results) throws IOException {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("events", quick ? QUICK_EVENTS : EVENTS).put("customers", CUSTOMERS);
    report.put("parallelism", WorkloadMain.PARALLELISM);
    ObjectNode runs = report.putObject("runs");
    results.forEach(
        (workload, result) ->
            runs.putObject("sessions." + workload.wireName())
                .put("events_per_second", result.eventsPerSecond())
                .put("cpu_micros_per_event", result.cpuMicrosPerEvent()));
    ObjectNode ratios = report.putObject("ratios");
    compare(Workload.CUSTOMER, Workload.PASS_THROUGH, results, ratios);
    compare(Workload.CUSTOMER, Workload.POJO_STATE, results, ratios);
    compare(Workload.SCORING, Workload.CUSTOMER, results, ratios);
    compare(Workload.MANY_RULES, Workload.CUSTOMER, results, ratios);
    ratios
        .properties()
        .forEach(
            ratio ->
                console()
                    .printf(
                        Locale.ROOT, "%-42s %.2f%n", ratio.getKey(), ratio.getValue().asDouble()));
    write(report);
  }

  private static void compare(
      Workload workload, Workload baseline, Map<Workload, Result> results, ObjectNode ratios) {
    Result job = results.get(workload);
    Result base = results.get(baseline);
    if (job == null || base == null) {
      return;
    }
    String name = "sessions." + workload.wireName() + "_over_" + baseline.wireName();
    ratios.put(name, job.eventsPerSecond() / base.eventsPerSecond());
    ratios.put(name + "_by_cpu", base.cpuMicrosPerEvent() / job.cpuMicrosPerEvent());
  }

  private static PrintStream console() {
    return new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Left behind: " + folder, e);
    }
  }
}
