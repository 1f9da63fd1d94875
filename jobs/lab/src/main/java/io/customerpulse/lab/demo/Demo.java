package io.customerpulse.lab.demo;

import io.customerpulse.behavior.job.BehaviorJob;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.simulator.PacedTraffic;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.lock.RunLock;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.tables.BoundedRun;
import io.customerpulse.tables.TablesJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.util.FileUtils;

/** A broker, the jobs, traffic, and somebody who reads the topics: all in this process. */
final class Demo implements AutoCloseable {
  static final String COMMAND = "scripts/demo";
  private static final String FOLDER = "run/demo";
  private static final Duration SIMULATED = Duration.ofDays(7 * 17);
  private static final int EVENTS_PER_SECOND = 2_000;
  private static final int CUSTOMERS = 4_000;
  private static final int PARTITIONS = 2;

  /** A busy machine is slow; whoever hasn't moved for so long won't any more. */
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  /** Traffic that can't be sent at its pace ends so much later at most. */
  private static final Duration TRAFFIC_LATE_BY = Duration.ofSeconds(90);

  private static final Duration POLL = Duration.ofMillis(200);

  /** Triggers come by the thousand; a person reads a few a second. */
  private static final Duration BETWEEN_LINES = Duration.ofMillis(300);

  private static final Set<Topic> OUTPUTS =
      EnumSet.of(
          Topic.BEHAVIOR_EVENTS,
          Topic.CUSTOMER_PROFILES,
          Topic.LIFECYCLE_TRANSITIONS,
          Topic.MARKETING_TRIGGERS,
          Topic.TRIGGER_OUTCOMES,
          Topic.DEAD_LETTERS);

  private final Path folder;
  private final LocalBroker broker;
  private final BoundedRun tables;
  private final DeploymentSettings settings;
  private final RuleSet rules;
  private final long seed;
  private final PrintStream out;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<DemoJob> jobs = new ArrayList<>();
  private long nextLineNanos = System.nanoTime();

  private Demo(
      Path folder,
      LocalBroker broker,
      BoundedRun tables,
      DeploymentSettings settings,
      RuleSet rules,
      long seed,
      PrintStream out) {
    this.folder = folder;
    this.broker = broker;
    this.tables = tables;
    this.settings = settings;
    this.rules = rules;
    this.seed = seed;
    this.out = out;
  }

  /**
   * Makes the place where a demo runs its own.
   *
   * @throws io.customerpulse.runtime.lock.NotReadyException if another demo runs
   */
  static RunLock lock(Path home) throws IOException {
    return RunLock.take(home.resolve(FOLDER + ".lock"), FOLDER, RunLock.owner(COMMAND));
  }

  /**
   * Starts the broker and the jobs.
   *
   * @param home the repository's root
   * @param warehouse for the tables; what an earlier demo or replay has left there is replaced
   * @param tables the run that has it
   */
  static Demo start(Path home, Path warehouse, BoundedRun tables, long seed, PrintStream out)
      throws Exception {
    Path folder = home.resolve(FOLDER);
    FileUtils.deleteDirectory(folder.toFile());
    Files.createDirectories(folder);
    tables.begin();
    RuleSet rules = RuleReader.read(home.resolve("config/rules"));
    out.println("Starting a Kafka broker …");
    LocalBroker broker = LocalBroker.start(folder.resolve("broker"), 0);
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, configuration(broker, folder, warehouse));
    DeploymentSettings settings = new DeploymentSettingsReader(System::getenv).read(config);
    Demo demo = new Demo(folder, broker, tables, settings, rules, seed, out);
    try {
      demo.startJobs();
    } catch (Exception e) {
      demo.close();
      throw e;
    }
    return demo;
  }

  private static String configuration(LocalBroker broker, Path folder, Path warehouse) {
    return String.format(
        Locale.ROOT,
        """
        # Of a demo: weeks pass in minutes, so event time is the clock.
        time: {clock: event}
        kafka: {bootstrap_servers: "%s"}
        state: {checkpoint_interval: 5s, checkpoint_dir: "%s"}
        tables: {warehouse: "%s", buckets: 2}
        """,
        broker.bootstrapServers(),
        folder.resolve("checkpoints").toUri(),
        warehouse);
  }

  private void startJobs() throws Exception {
    new KafkaTopics(settings.kafka())
        .createMissing(
            EnumSet.allOf(Topic.class),
            new KafkaTopics.Layout(PARTITIONS, Optional.empty(), Duration.ofDays(7)));
    out.println("Starting the behaviour job …");
    jobs.add(
        DemoJob.start(
            "behaviour", measured(flink()), env -> BehaviorJob.build(env, settings, rules)));
    out.println("Starting the tables job …");
    jobs.add(DemoJob.start("tables", flink(), env -> TablesJob.build(env, settings)));
  }

  private static Configuration measured(Configuration flink) {
    flink.setString("metrics.reporter.demo.factory.class", JobMetrics.Factory.class.getName());
    return flink;
  }

  private Configuration flink() {
    Configuration flink = JobEnvironment.onLoopback(JobEnvironment.unbounded(settings.state()));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    flink.set(CoreOptions.TMP_DIRS, folder.toString());
    flink.set(CoreOptions.DEFAULT_PARALLELISM, PARTITIONS);
    // In production a job gets up again; here somebody waits who should hear of it.
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.NO_RESTART_STRATEGY.getMainValue());
    return flink;
  }

  /** Lets traffic flow, shows what it leads to, sums up; says whether all is well. */
  boolean run(int minutes) throws Exception {
    long events = (long) minutes * 60 * EVENTS_PER_SECOND;
    Simulator simulator =
        new Simulator(
            SimulatorSettings.builder()
                .seed(seed)
                .customers(CUSTOMERS)
                .spanning(SIMULATED, events)
                .build());
    out.printf(
        Locale.ROOT,
        "Sending %,d events of %,d customers: %d weeks in %d min%n%n",
        events,
        CUSTOMERS,
        SIMULATED.toDays() / 7,
        minutes);
    Tally tally = new Tally(this::show);
    long closing;
    try (TopicReader reader = new TopicReader(settings.kafka(), OUTPUTS, true);
        Progress progress = Progress.onStandardError()) {
      Traffic traffic =
          new Traffic(settings, PacedTraffic.byWallClock(simulator::event, EVENTS_PER_SECOND));
      traffic.start(events, Duration.ofMinutes(minutes).plus(TRAFFIC_LATE_BY));
      while (traffic.isFlowing()) {
        poll(reader, tally);
        progress.show(
            () ->
                String.format(
                    Locale.ROOT,
                    "%3d %%  %s  %,d events",
                    traffic.sent() * 100 / events,
                    simulator.time(Math.min(events - 1, traffic.sent())),
                    traffic.sent()));
      }
      traffic.throwIfFailed();
      closing = traffic.close(simulator.time(events - 1).plus(Duration.ofHours(1)), PARTITIONS);
      settle(reader, tally, events);
    }
    List<String> problems =
        new Summary(tally, rules.all().stream().map(Rule::id).toList(), events, closing).print(out);
    problems.addAll(fillTables(tally, simulator.time(events - 1)));
    out.println();
    problems.forEach(problem -> out.println("WRONG: " + problem));
    out.println(problems.isEmpty() ? "All counts add up." : "The demo has failed.");
    return problems.isEmpty();
  }

  /** Reads until everything sent has come out as something, or nothing comes any more. */
  private void settle(TopicReader reader, Tally tally, long sent) {
    long lastNanos = System.nanoTime();
    while (System.nanoTime() - lastNanos < STALLED_AFTER.toNanos()) {
      boolean more = poll(reader, tally);
      if (more) {
        lastNanos = System.nanoTime();
      }
      long settled =
          tally.records(Topic.BEHAVIOR_EVENTS)
              + tally.records(Topic.DEAD_LETTERS)
              + JobMetrics.total(Metric.DUPLICATES);
      boolean outputsRead =
          OUTPUTS.stream().mapToLong(tally::records).sum() >= JobMetrics.total(Metric.OUTPUTS);
      if (!more && settled >= sent && outputsRead) {
        return;
      }
    }
  }

  /** Waits until the tables have what the topics have, and says how to ask them. */
  private List<String> fillTables(Tally tally, Instant asOf) throws IOException {
    out.println("Tables");
    List<String> problems =
        new FilledTables(settings, tally).await(STALLED_AFTER, this::throwIfAJobHasEnded, out);
    if (problems.isEmpty()) {
      tables.end(asOf);
    }
    return problems;
  }

  private void throwIfAJobHasEnded() {
    jobs.forEach(DemoJob::throwIfEnded);
  }

  private boolean poll(TopicReader reader, Tally tally) {
    throwIfAJobHasEnded();
    boolean any = false;
    for (var record : reader.poll(POLL)) {
      tally.add(Topic.ofWireName(record.topic()).orElseThrow(), record);
      any = true;
    }
    return any;
  }

  private void show(MarketingTriggerRecord trigger) {
    if (System.nanoTime() - nextLineNanos >= 0) {
      nextLineNanos = System.nanoTime() + BETWEEN_LINES.toNanos();
      out.println(TriggerLine.of(trigger, settings.domain()));
    }
  }

  /** Leaves everything as it is until Ctrl-C. */
  void waitForSignal() throws InterruptedException {
    out.println();
    out.println("Broker and jobs go on at " + broker.bootstrapServers() + ". In another terminal:");
    out.println("  scripts/tail marketing-triggers --from-beginning");
    out.println("  scripts/tail customer-profiles --from-beginning");
    out.println("Ctrl-C ends.");
    ended.await();
  }

  /** Stops everything, once: at the end of the demo or at a signal, whichever comes first. */
  @Override
  public synchronized void close() {
    if (ended.getCount() == 0) {
      return;
    }
    ended.countDown();
    try {
      for (DemoJob job : jobs) {
        job.cancel();
      }
      broker.close();
      FileUtils.deleteDirectory(folder.toFile());
    } catch (Exception e) {
      throw new IllegalStateException("The demo could not clean up " + folder, e);
    }
  }
}
