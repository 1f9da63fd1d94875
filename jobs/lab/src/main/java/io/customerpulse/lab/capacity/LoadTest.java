package io.customerpulse.lab.capacity;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.submit.JobControl;
import io.customerpulse.client.submit.JobKind;
import io.customerpulse.client.submit.JobRequest;
import io.customerpulse.client.submit.SubmissionLedger;
import io.customerpulse.lab.cluster.ClusterSettings;
import io.customerpulse.lab.cluster.LocalCluster;
import io.customerpulse.lab.cluster.ManagedProcess;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.util.FileUtils;

/**
 * The behaviour job in one TaskManager of the usual size, with all customers known, under a steady
 * load. Days of event time pass in the minutes of the load, so that what is kept for a day, like
 * the fingerprints of events, has come and gone several times at the end.
 */
final class LoadTest implements AutoCloseable {
  private static final int PARALLELISM = 2;
  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(20);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  /** What may be unread at the end of a load that was kept up with. */
  private static final Duration LAG_AT_MOST = Duration.ofSeconds(10);

  private static final String HEAP = "Status.JVM.Memory.Heap.Used";

  /** Of all that a slot keeps in RocksDB, memory for writing and index included. */
  private static final String ROCKS = "rocksdb_block-cache-usage";

  private static final String LAG = "pendingRecords";

  private final LoadTestPlan plan;
  private final PrintWriter out;
  private final LocalCluster cluster;
  private final List<LoadTestSample> samples = new ArrayList<>();
  private FlinkRest rest;
  private LoadTestTraffic load;
  private JobID job;

  LoadTest(LoadTestPlan plan, PrintWriter out) throws IOException {
    this.plan = plan;
    this.out = out;
    ClusterFolder folder = new ClusterFolder(plan.folder().resolve("cluster"));
    clear(plan.folder(), folder);
    Files.createDirectories(plan.folder());
    cluster =
        new LocalCluster(
            plan.home(),
            folder,
            Map.of("state.backend.rocksdb.metrics.block-cache-usage", "true"),
            line -> {});
  }

  /** Runs; says whether the job has held. */
  boolean run() throws Exception {
    ClusterSettings where = ClusterSettings.onFreePorts(1, PARALLELISM, PARALLELISM);
    cluster.start(where);
    say("Cluster at %s, broker at %s", where.url(), where.bootstrapServers());
    Path config = writeConfig(where);
    DeploymentSettings settings = new DeploymentSettingsReader(System::getenv).read(config);
    rest = new FlinkRest(URI.create(where.url()));
    SubmissionLedger ledger = new SubmissionLedger(plan.folder().resolve("jobs"));
    Installation home = Installation.checkout(plan.home());
    new JobControl(home, rest, ledger)
        .submit(
            new JobRequest(
                JobKind.BEHAVIOR,
                home.jobsJar(JobKind.BEHAVIOR.commandName()),
                config,
                home.rules(),
                PARALLELISM,
                null));
    job = rest.living(JobKind.BEHAVIOR.flinkName()).get(0).getJobId();
    load = new LoadTestTraffic(settings.kafka(), simulator());
    introduce();
    say("%s", LoadTestSample.header());
    load.start(plan);
    int minutes = Math.toIntExact(plan.length().toMinutes());
    for (int minute = 1; minute <= minutes; minute++) {
      LoadTestSample sample = sample(minute);
      samples.add(sample);
      say("%s", sample.line());
    }
    return hasHeld();
  }

  private void introduce() throws Exception {
    try (Progress progress = Progress.onStandardError()) {
      load.introduceAll(
          customer ->
              progress.show(
                  () -> String.format(Locale.ROOT, "Introducing customer %,d", customer)));
      long begin = System.nanoTime();
      while (rest.metrics(job).sum(LAG) > 0 || !hasCheckpointSince(begin)) {
        if (System.nanoTime() - begin > SETTLES_WITHIN.toNanos()) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "The job hasn't taken in %,d customers within %d min",
                  plan.customers(),
                  SETTLES_WITHIN.toMinutes()));
        }
        progress.show(() -> "Waiting until the job knows them all");
        pause(LOOKS_EVERY);
      }
    }
    say("The job knows %,d customers.", plan.customers());
  }

  private boolean hasCheckpointSince(long nanos) {
    Instant begin = Instant.now().minusNanos(System.nanoTime() - nanos);
    return rest.latestCompleted(job)
        .filter(checkpoint -> checkpoint.getTriggerTimestamp() > begin.toEpochMilli())
        .isPresent();
  }

  private LoadTestSample sample(int minute) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    double heap = Double.MAX_VALUE;
    while (System.nanoTime() < end && load.isSending()) {
      pause(LOOKS_EVERY);
      heap = Math.min(heap, rest.sumOfTaskManagers(HEAP));
    }
    load.throwIfFailed();
    Optional<CompletedCheckpointStatistics> checkpoint = rest.latestCompleted(job);
    return new LoadTestSample(
        minute,
        load.sent(),
        (long) rest.metrics(job).sum(LAG),
        (long) heap,
        (long) rest.metrics(job).max(ROCKS),
        processBytes(),
        checkpoint.map(CompletedCheckpointStatistics::getStateSize).orElse(0L),
        checkpoint.map(CompletedCheckpointStatistics::getCheckpointedSize).orElse(0L),
        checkpoint.map(CompletedCheckpointStatistics::getDuration).orElse(0L));
  }

  /** Of the TaskManager, where the system is one that tells. */
  private long processBytes() throws IOException {
    Path status =
        Path.of(
            "/proc",
            cluster
                .process(LocalCluster.taskManager(1))
                .map(ManagedProcess::pid)
                .map(String::valueOf)
                .orElse("none"),
            "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private boolean hasHeld() {
    LoadTestSample last = samples.get(samples.size() - 1);
    int failures = rest.failures(job);
    long most = LAG_AT_MOST.toSeconds() * plan.perSecond();
    boolean all = last.sent() >= plan.events();
    boolean held = failures == 0 && last.lag() <= most && all;
    say(
        "%s: %,d of %,d events sent, %,d unread at the end (allowed: %,d), %d failures of the job.",
        held ? "Held" : "NOT held", last.sent(), plan.events(), last.lag(), most, failures);
    return held;
  }

  /** What was seen, as comma-separated values. */
  String csv() {
    StringBuilder csv = new StringBuilder(String.join(",", LoadTestSample.HEADER)).append('\n');
    samples.forEach(sample -> csv.append(String.join(",", sample.cells())).append('\n'));
    return csv.toString();
  }

  private Simulator simulator() {
    return new Simulator(
        SimulatorSettings.builder()
            .customers(plan.customers())
            .spanning(plan.simulated(), plan.events())
            .build());
  }

  private Path writeConfig(ClusterSettings where) throws IOException {
    Path config = plan.folder().resolve("config.yaml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
            # Of a load in which days pass in minutes: event time is the clock.
            time: {clock: event}
            kafka: {bootstrap_servers: "%s", properties: {compression.type: lz4}}
            """,
            where.bootstrapServers()));
    return config;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  private static void clear(Path folder, ClusterFolder cluster) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    new LocalCluster(folder, cluster, line -> {}).stop();
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("The cluster is not stopped: " + e.getMessage(), e);
    } finally {
      if (rest != null) {
        rest.close();
      }
    }
  }
}
