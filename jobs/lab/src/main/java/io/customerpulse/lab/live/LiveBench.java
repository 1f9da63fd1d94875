package io.customerpulse.lab.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.submit.FlinkClient;
import io.customerpulse.client.submit.FlinkProgram;
import io.customerpulse.client.submit.JobKind;
import io.customerpulse.lab.capacity.TrialCluster;
import io.customerpulse.lab.live.JobWatch.Mark;
import io.customerpulse.lab.simulator.ShopVisits;
import io.customerpulse.lab.traffic.SteadyLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;

/**
 * The behaviour job as it is submitted, on real processes, under visits at the time it is; and
 * beside it, on the same topic, {@link StatelessLimit}. One after the other, so that each is alone.
 */
public final class LiveBench implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
  private static final Duration CATCHES_UP_WITHIN = Duration.ofMinutes(15);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);
  private static final Duration LOOKS_CLOSELY_EVERY = Duration.ofMillis(250);
  private static final Duration LASTS_AT_MOST = Duration.ofDays(1);

  /** More than that behind, and a rate isn't held. */
  private static final double LAG_SECONDS = 5;

  /** How old a backlog is at the least: nothing of it has to wait when it has been read. */
  private static final Duration BACKLOG_AGE = Duration.ofSeconds(70);

  /** What a backlog looks like: its events are as far apart as at this rate. */
  private static final int BACKLOG_PER_SECOND = 10_000;

  /** Carts are reminded of at once, so that steps fall due while it is measured. */
  private static final String RULES =
      """
      rules:
        - id: live-cart-reminder
          kind: cart_abandonment
          steps: [30s, 24h]
          cooldown: none
          quiet_hours: none
        - id: live-win-back
          kind: reactivation
          stage: dormant
          steps: [0s, 14d]
          quiet_hours: none
      """;

  private final LivePlan plan;
  private final Path kept;
  private final PrintWriter err;
  private final TrialCluster cluster;
  private final LiveReport report;
  private final long beginNanos = System.nanoTime();
  private Path rules;
  private SteadyLoad load;
  private int series;
  private int perSecond;

  /**
   * Makes it ready; what an earlier one has left goes.
   *
   * @param home the repository's root
   * @param quick the short form
   * @param err is told how far it is
   */
  public LiveBench(Path home, boolean quick, PrintWriter err) throws IOException {
    this(
        home,
        home.resolve("run/bench-live"),
        home.resolve("run/bench-known"),
        quick ? LivePlan.shortened() : LivePlan.full(),
        err);
  }

  /**
   * The same.
   *
   * @param folder for what goes at the next start
   * @param kept for what stays: savepoints of known customers
   */
  LiveBench(Path home, Path folder, Path kept, LivePlan plan, PrintWriter err) throws IOException {
    this.kept = kept;
    this.plan = plan;
    this.err = err;
    report = new LiveReport(plan);
    cluster =
        new TrialCluster(
            home,
            folder,
            Map.of(
                "metrics.fetcher.update-interval",
                String.valueOf(JobWatch.METRICS_EVERY.toMillis()),
                "web.checkpoints.history",
                "500"));
  }

  /**
   * Runs.
   *
   * @param out gets the table at the end
   * @return the figures by their keys
   */
  public ObjectNode run(PrintWriter out) throws Exception {
    report.add("customers", plan.customers(), "");
    report.add("rate", plan.perSecond(), "events/s");
    report.add(
        "load_average_before",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        "processes");
    cluster.start();
    say("Cluster at %s", cluster.settings().url());
    DeploymentSettings settings =
        new DeploymentSettingsReader(System::getenv).read(config(LivePlan.CHECKPOINTS));
    TriggerTimes.dateByBroker(settings.kafka());
    rules = cluster.write("rules.yaml", RULES);
    load = new SteadyLoad(settings.kafka());
    String from = knownCustomers();
    try (TriggerTimes times = new TriggerTimes(settings)) {
      for (Duration interval : plan.checkpoints()) {
        JobWatch watch = start(interval, from);
        measure(watch, times, "checkpoints_" + interval.toSeconds() + "s.");
        from = stop(watch);
      }
      JobWatch watch = start(LivePlan.CHECKPOINTS, from);
      double micros = measure(watch, times, "");
      climb(watch);
      from = stop(watch);
      drain(from);
      compareWithLimit(micros);
    }
    report.add("minutes", (System.nanoTime() - beginNanos) / 60e9, "min");
    report.print(out);
    return report.json();
  }

  private String knownCustomers() throws IOException {
    Path savepoint =
        new KnownCustomers(kept.resolve(String.valueOf(plan.customers())))
            .savepoint(plan.customers(), config(LivePlan.CHECKPOINTS), rules, err);
    say("%,d customers are known from %s", plan.customers(), savepoint);
    return savepoint.toUri().toString();
  }

  /** The job from a savepoint, with traffic at the usual rate. */
  private JobWatch start(Duration checkpoints, String from) throws Exception {
    JobWatch watch = new JobWatch(cluster, cluster.submit(config(checkpoints), rules, from));
    awaitRunning(watch);
    send(plan.perSecond());
    say("The job runs, with checkpoints every %d s; warming up", checkpoints.toSeconds());
    look(watch, plan.warmUp());
    return watch;
  }

  private void awaitRunning(JobWatch watch) throws Exception {
    await("The job doesn't run", STARTS_WITHIN, watch::isRunning);
  }

  /** Traffic from now on. */
  private void send(int rate) {
    perSecond = rate;
    load.start(visits(rate, Instant.now())::event, rate, Long.MAX_VALUE, LASTS_AT_MOST);
  }

  private ShopVisits visits(int rate, Instant start) {
    series++;
    return new ShopVisits(KnownCustomers.shop(plan.customers()), rate, start, series);
  }

  /** Says what the processor time of an event is. */
  private double measure(JobWatch watch, TriggerTimes times, String prefix) throws Exception {
    say("Measuring at %,d events/s", perSecond);
    Measurement measurement = new Measurement(watch, times);
    double lag = look(watch, plan.measured());
    double micros = measurement.end(prefix, report);
    report.add(prefix + "lag_seconds_max", lag, "s");
    return micros;
  }

  /** Rates above the usual one; where that isn't held, those below. */
  private void climb(JobWatch watch) throws Exception {
    double usual = report.figure("lag_seconds_max") < LAG_SECONDS ? plan.perSecond() : 0;
    double highest = usual;
    for (int rate : plan.ladder()) {
      if (usual > 0 ? rate <= usual : rate >= plan.perSecond()) {
        continue;
      }
      load.stop();
      send(rate);
      say("Trying %,d events/s", rate);
      look(watch, plan.settles());
      Mark begin = watch.mark();
      double lag = look(watch, plan.measured());
      String prefix = "at_" + rate + ".";
      report.add(prefix + "cpu_micros_per_event", watch.mark().microsPerRecordSince(begin), "µs");
      report.add(prefix + "lag_seconds_max", lag, "s");
      if (lag >= LAG_SECONDS) {
        break;
      }
      highest = rate;
    }
    report.add("highest_rate", highest, "events/s");
  }

  /** Ends traffic and job; what has been sent is read before, if that doesn't take too long. */
  private String stop(JobWatch watch) throws Exception {
    load.stop();
    say("Waiting until the job has read what was sent");
    waitFor(plan.backlogEnds(), () -> watch.pending() == 0);
    return cluster.jobs().stop(JobKind.BEHAVIOR, null);
  }

  /** A backlog that lies there when the job starts. Drained means applied, not only read. */
  private void drain(String from) throws Exception {
    say("Writing a backlog of %,d events", plan.backlog());
    Instant end = Instant.now().minus(BACKLOG_AGE);
    Instant start = end.minusMillis(plan.backlog() * 1_000 / BACKLOG_PER_SECOND);
    load.sendAll(visits(BACKLOG_PER_SECOND, start)::event, plan.backlog(), number -> {});
    JobWatch watch =
        new JobWatch(cluster, cluster.submit(config(LivePlan.CHECKPOINTS), rules, from));
    awaitRunning(watch);
    say("Draining it, for %d s at most", plan.backlogEnds().toSeconds());
    long begin = System.nanoTime();
    boolean drained =
        waitFor(
            plan.backlogEnds(),
            () ->
                watch.read() >= plan.backlog()
                    && watch.pending() == 0
                    && watch.waiting().orElse(0) == 0);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double read = watch.read();
    report.add("backlog_rate", read / seconds, "events/s");
    report.add("backlog_events", read, "events");
    report.add("backlog_drained", drained);
    end(watch);
  }

  private void compareWithLimit(double micros) throws Exception {
    String id =
        new FlinkClient(cluster.home(), cluster.rest().url())
            .run(
                new FlinkProgram(
                    cluster.jar(),
                    StatelessLimit.class.getName(),
                    List.of(ownClasses()),
                    TrialCluster.PARALLELISM,
                    null,
                    List.of(config(LivePlan.CHECKPOINTS).toString())));
    JobWatch watch = new JobWatch(cluster, JobID.fromHexString(id));
    awaitRunning(watch);
    say("The stateless limit catches up");
    send(plan.perSecond());
    await(
        "The stateless limit doesn't catch up",
        CATCHES_UP_WITHIN,
        () -> watch.read() > 0 && watch.pending() < perSecond);
    look(watch, plan.settles());
    say("Measuring the stateless limit at %,d events/s", perSecond);
    Mark begin = watch.mark();
    look(watch, plan.measured());
    double limit = watch.mark().microsPerRecordSince(begin);
    load.stop();
    report.add("stateless_cpu_micros_per_event", limit, "µs");
    report.add("cpu_over_stateless", micros / limit, "");
    end(watch);
  }

  private static URI ownClasses() throws URISyntaxException {
    return StatelessLimit.class.getProtectionDomain().getCodeSource().getLocation().toURI();
  }

  private static void end(JobWatch watch) throws Exception {
    watch.cancel();
    await("The job doesn't end", STARTS_WITHIN, watch::hasEnded);
  }

  /** Lets time pass; says how far behind the job was at the worst, in seconds of traffic. */
  private double look(JobWatch watch, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    double worst = 0;
    try (Progress progress = Progress.onStandardError()) {
      while (System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.sleep(LOOKS_EVERY.toNanos());
        load.throwIfFailed();
        double lag = watch.pending() / perSecond;
        worst = Math.max(worst, lag);
        progress.show(
            () ->
                String.format(
                    Locale.ROOT,
                    "%,d events sent, the job is %.1f s behind; %d s to go",
                    load.sent(),
                    lag,
                    Math.max(0, (end - System.nanoTime()) / 1_000_000_000)));
      }
    }
    return worst;
  }

  private static void await(String otherwise, Duration within, BooleanSupplier done)
      throws InterruptedException {
    if (!waitFor(within, done)) {
      throw new IllegalStateException(otherwise + " within " + within.toSeconds() + " s");
    }
  }

  private static boolean waitFor(Duration within, BooleanSupplier done)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(LOOKS_CLOSELY_EVERY.toNanos());
    }
    return true;
  }

  private Path config(Duration checkpoints) throws IOException {
    return cluster.write(
        "config-" + checkpoints.toSeconds() + "s.yaml",
        String.format(
            Locale.ROOT,
            """
            # The savepoint of known customers was made beside another broker.
            kafka:
              bootstrap_servers: "%s"
              on_lost_position: earliest
              properties: {compression.type: lz4}
            state: {checkpoint_interval: %ds}
            """,
            cluster.settings().bootstrapServers(),
            checkpoints.toSeconds()));
  }

  private void say(String format, Object... values) {
    long seconds = (System.nanoTime() - beginNanos) / 1_000_000_000;
    err.println(
        String.format(Locale.ROOT, "%02d:%02d ", seconds / 60, seconds % 60)
            + String.format(Locale.ROOT, format, values));
    err.flush();
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    cluster.close();
  }
}
