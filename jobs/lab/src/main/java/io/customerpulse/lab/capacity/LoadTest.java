package io.customerpulse.lab.capacity;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.lab.cluster.ClusterSettings;
import io.customerpulse.lab.simulator.ShopVisits;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.traffic.SteadyLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;

/**
 * The behaviour job in one TaskManager of the usual size, with all customers known, under a steady
 * load: visits at the time it is, or days of event time that pass in the minutes of the load. In
 * such days what is kept for a day, like the fingerprints of events, has come and gone several
 * times at the end; but the minute for which events wait is over in a moment, so that next to none
 * wait.
 */
final class LoadTest implements AutoCloseable {
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
  private final TrialCluster cluster;
  private final List<LoadTestSample> samples = new ArrayList<>();
  private SteadyLoad load;
  private JobID job;

  LoadTest(LoadTestPlan plan, PrintWriter out) throws IOException {
    this.plan = plan;
    this.out = out;
    cluster =
        new TrialCluster(
            plan.home(),
            plan.folder(),
            Map.of("state.backend.rocksdb.metrics.block-cache-usage", "true"));
  }

  /** Runs; says whether the job has held. */
  boolean run() throws Exception {
    cluster.start();
    ClusterSettings where = cluster.settings();
    say("Cluster at %s, broker at %s", where.url(), where.bootstrapServers());
    say("%s", plan.words());
    Path config = writeConfig(where);
    DeploymentSettings settings = new DeploymentSettingsReader(System::getenv).read(config);
    job = cluster.submit(config, cluster.home().rules(), null);
    load = new SteadyLoad(settings.kafka());
    introduce();
    say("%s", LoadTestSample.header());
    load.start(
        records(), plan.perSecond(), plan.events(), plan.length().plus(Duration.ofMinutes(1)));
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
      load.sendAll(
          new Simulator(shop())::introduction,
          plan.customers(),
          customer ->
              progress.show(
                  () -> String.format(Locale.ROOT, "Introducing customer %,d", customer)));
      long begin = System.nanoTime();
      while (cluster.rest().metrics(job).sum(LAG) > 0 || !hasCheckpointSince(begin)) {
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
    return cluster
        .rest()
        .latestCompleted(job)
        .filter(checkpoint -> checkpoint.getTriggerTimestamp() > begin.toEpochMilli())
        .isPresent();
  }

  private LoadTestSample sample(int minute) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    double heap = Double.MAX_VALUE;
    while (System.nanoTime() < end && load.isSending()) {
      pause(LOOKS_EVERY);
      heap = Math.min(heap, cluster.rest().sumOfTaskManagers(HEAP));
    }
    load.throwIfFailed();
    Optional<CompletedCheckpointStatistics> checkpoint = cluster.rest().latestCompleted(job);
    return new LoadTestSample(
        minute,
        load.sent(),
        (long) cluster.rest().metrics(job).sum(LAG),
        (long) heap,
        (long) cluster.rest().metrics(job).max(ROCKS),
        cluster.processBytes(),
        checkpoint.map(CompletedCheckpointStatistics::getStateSize).orElse(0L),
        checkpoint.map(CompletedCheckpointStatistics::getCheckpointedSize).orElse(0L),
        checkpoint.map(CompletedCheckpointStatistics::getDuration).orElse(0L));
  }

  private boolean hasHeld() {
    LoadTestSample last = samples.get(samples.size() - 1);
    int failures = cluster.rest().failures(job);
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

  /** From now on: the time it is goes on while customers are introduced. */
  private LongFunction<SimulatedRecord> records() {
    return plan.simulated()
        .<LongFunction<SimulatedRecord>>map(days -> new Simulator(shop())::event)
        .orElseGet(() -> new ShopVisits(shop(), plan.perSecond(), Instant.now(), 1)::event);
  }

  private SimulatorSettings shop() {
    SimulatorSettings.Builder shop = SimulatorSettings.builder().customers(plan.customers());
    return plan.simulated().isPresent()
        ? shop.spanning(plan.simulated().get(), plan.events()).build()
        : shop.start(Instant.now()).spanning(plan.length(), plan.events()).build();
  }

  private Path writeConfig(ClusterSettings where) throws IOException {
    return cluster.write(
        "config.yaml",
        String.format(
            Locale.ROOT,
            """
            %s
            kafka: {bootstrap_servers: "%s", properties: {compression.type: lz4}}
            """,
            plan.simulated().isPresent()
                ? "# Of a load in which days pass in minutes: event time is the clock.\n"
                    + "time: {clock: event}"
                : "# Of a load at the time it is.",
            where.bootstrapServers()));
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    cluster.close();
  }
}
