package io.customerpulse.lab.soak;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.flink.FlinkRestException;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.client.submit.JobControl;
import io.customerpulse.client.submit.JobKind;
import io.customerpulse.client.submit.JobRequest;
import io.customerpulse.client.submit.SubmissionLedger;
import io.customerpulse.client.submit.Upgrade;
import io.customerpulse.history.replay.OutputFile;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.util.FileUtils;

/**
 * The behaviour job on a cluster of real processes, under load, with one fault after the other; at
 * the end everything that came out is compared with a replay of what went in.
 *
 * <p>Event time is the only clock ({@code time.clock: event}) and the traffic holds no late events,
 * so that there is one right answer. Simulated weeks pass meanwhile: carts are left and reminded
 * of, customers fall asleep, all while processes die.
 */
final class Soak implements AutoCloseable {
  private static final int CUSTOMERS = 3_000;
  private static final int PARTITIONS = 2;
  private static final int MOST_PARTITIONS = 6;
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;
  private static final int PARALLELISM = 2;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(3);
  private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(5);
  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(10);
  private static final Duration CALM = Duration.ofSeconds(4);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TOPIC_MISSING_FOR = Duration.ofSeconds(20);
  private static final Duration CLOSES_AFTER = Duration.ofHours(1);
  private static final int LINES_SHOWN = 10;

  /** All but the cuts: the job takes them whatever scores it gives, a replay where they count. */
  private static final Set<OutputFile> COMPARED =
      EnumSet.complementOf(EnumSet.of(OutputFile.RFM_CUT_POINTS));

  /** Missing when the job starts. */
  private static final Topic LATE_TOPIC = Topic.TRIGGER_OUTCOMES;

  private final SoakSettings settings;
  private final SoakLog log;
  private final CheckpointDisk disk;
  private final LocalCluster cluster;
  private FlinkRest rest;
  private SoakTraffic traffic;
  private int faults;

  Soak(SoakSettings settings, PrintWriter console) throws IOException {
    this.settings = settings;
    ClusterFolder folder = new ClusterFolder(settings.folder().resolve("cluster"));
    clear(settings.folder(), folder);
    Files.createDirectories(settings.folder());
    log = new SoakLog(console, settings.folder().resolve("soak.log"));
    disk = CheckpointDisk.make(folder.checkpoints());
    cluster =
        new LocalCluster(
            settings.home(),
            folder,
            // Two of them share the machine with everything else.
            Map.of("taskmanager.memory.process.size", "1300m"),
            line -> {});
  }

  LocalCluster cluster() {
    return cluster;
  }

  /** Runs; says whether nothing was lost and nothing doubled. */
  boolean run() throws Exception {
    ClusterSettings where = ClusterSettings.onFreePorts(TASK_MANAGERS, SLOTS, PARTITIONS);
    Set<Topic> topics = EnumSet.allOf(Topic.class);
    topics.remove(LATE_TOPIC);
    cluster.start(where, topics);
    log.say(
        "Cluster at %s, broker at %s, seed %d",
        where.url(), where.bootstrapServers(), settings.seed());
    Path config = writeConfig(where);
    DeploymentSettings product = new DeploymentSettingsReader(System::getenv).read(config);
    Installation home = Installation.checkout(settings.home());
    Path rules = home.rules();
    rest = new FlinkRest(URI.create(where.url()));
    SubmissionLedger ledger = new SubmissionLedger(settings.folder().resolve("jobs"));
    JobControl control = new JobControl(home, rest, ledger);
    JobRequest job =
        new JobRequest(
            JobKind.BEHAVIOR,
            home.jobsJar(JobKind.BEHAVIOR.commandName()),
            config,
            rules,
            PARALLELISM,
            null);
    traffic = new SoakTraffic(product.kafka(), simulator(), settings.eventsPerSecond(), PARTITIONS);
    traffic.start();
    startWithoutTopic(control, job, product, where);
    Upgrade upgrade = new Upgrade(control, rest, ledger, line -> {});
    letFaultsHappen(
        new FaultInjector(settings, cluster, disk, rest, control, upgrade, job, product, traffic));
    return settleAndCompare(control, product, config, rules);
  }

  private void startWithoutTopic(
      JobControl control, JobRequest job, DeploymentSettings product, ClusterSettings where)
      throws Exception {
    control.submit(job);
    long struck = System.nanoTime();
    log.say(
        "Fault %d: the topic %s is missing when the job starts", ++faults, LATE_TOPIC.wireName());
    FaultInjector.pass(TOPIC_MISSING_FOR);
    new KafkaTopics(product.kafka())
        .createMissing(
            Set.of(LATE_TOPIC),
            new KafkaTopics.Layout(where.partitions(), Optional.empty(), Duration.ofDays(7)));
    awaitRecovery(struck, System.nanoTime());
  }

  private void letFaultsHappen(FaultInjector injector) throws Exception {
    long end = System.nanoTime() + settings.length().toNanos();
    List<Fault> possible = settings.faults().stream().filter(injector::canHappen).toList();
    settings.faults().stream()
        .filter(fault -> !injector.canHappen(fault))
        .forEach(fault -> log.say("Left out, as nobody may mount here: %s", fault.phrase()));
    FaultPlan plan = new FaultPlan(possible, settings.seed());
    int struck = 0;
    while (plan.hasNext() && struck < settings.mostFaults() && System.nanoTime() - end < 0) {
      Fault fault = plan.next();
      if (fault == Fault.PARTITION_ADDED && traffic.partitions() >= MOST_PARTITIONS) {
        continue;
      }
      FaultInjector.pass(CALM);
      traffic.throwIfFailed();
      struck++;
      log.say("Fault %d: %s (%,d records sent)", ++faults, fault.phrase(), traffic.sent());
      long begin = System.nanoTime();
      injector.strike(fault);
      awaitRecovery(begin, System.nanoTime());
    }
  }

  /** Recovered is a job that runs and completes a checkpoint which began after the fault. */
  private void awaitRecovery(long struckNanos, long overNanos) throws Exception {
    long overMillis = System.currentTimeMillis();
    long giveUpAt = overNanos + RECOVERS_WITHIN.toNanos();
    while (!hasRecovered(overMillis)) {
      traffic.throwIfFailed();
      supervise();
      if (System.nanoTime() - giveUpAt > 0) {
        throw new IllegalStateException(
            "The job hasn't recovered within " + RECOVERS_WITHIN.toMinutes() + " min" + why());
      }
      FaultInjector.pass(POLL);
    }
    log.say(
        "        lasted %.1f s, recovered %.1f s after its end",
        seconds(overNanos - struckNanos), seconds(System.nanoTime() - overNanos));
  }

  /**
   * Starts TaskManagers again that have ended by themselves, as systemd or Kubernetes would: Flink
   * ends one in which a task can't be closed, and a producer that was fenced off can't.
   */
  private void supervise() throws IOException {
    for (int number = 1; number <= TASK_MANAGERS; number++) {
      String role = LocalCluster.taskManager(number);
      if (cluster.process(role).filter(ManagedProcess::isAlive).isEmpty()) {
        log.say("        %s has ended by itself and is started again", role);
        cluster.restart(role, List.of());
      }
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private String why() {
    try {
      return job().flatMap(rest::lastFailure).map(line -> ": " + line).orElse("");
    } catch (FlinkRestException e) {
      return ": " + e.getMessage();
    }
  }

  private boolean hasRecovered(long sinceMillis) {
    try {
      Optional<JobID> job = job();
      return job.isPresent()
          && rest.status(job.get()) == JobStatus.RUNNING
          && rest.latestCompleted(job.get())
              .map(CompletedCheckpointStatistics::getTriggerTimestamp)
              .filter(triggered -> triggered > sinceMillis)
              .isPresent();
    } catch (FlinkRestException e) {
      return false;
    }
  }

  private Optional<JobID> job() {
    return rest.living(JobKind.BEHAVIOR.flinkName()).stream()
        .findFirst()
        .map(message -> message.getJobId());
  }

  private boolean settleAndCompare(
      JobControl control, DeploymentSettings product, Path config, Path rules) throws Exception {
    Instant closing = traffic.end().plus(CLOSES_AFTER);
    traffic.close(closing);
    log.say("Traffic has ended: %,d records sent, %d faults", traffic.sent(), faults);
    awaitOutputs(product);
    control.stop(JobKind.BEHAVIOR, null);
    ReplayOracle oracle = new ReplayOracle(product, config, rules, settings.folder());
    long onTopic = oracle.takeInput();
    Instant asOf = closing.minus(product.domain().time().outOfOrderness()).minusMillis(1);
    log.say("Replaying %,d records up to %s", onTopic, asOf);
    oracle.replay(asOf);
    boolean equal = onTopic == traffic.sent();
    if (!equal) {
      log.say("DIFFERENT: %,d records sent, %,d on the topic", traffic.sent(), onTopic);
    }
    for (OutputFile file : COMPARED) {
      MultisetDiff counts = oracle.compare(file);
      log.say(
          "%-24s %,10d replayed %,10d committed  %s",
          file.topic().wireName(),
          counts.expected(),
          counts.found(),
          counts.areEqual()
              ? "equal"
              : String.format(
                  Locale.ROOT,
                  "DIFFERENT: %,d missing, %,d too many",
                  counts.missing(),
                  counts.surplus()));
      if (!counts.areEqual()) {
        equal = false;
        oracle.show(file, counts, LINES_SHOWN, line -> log.say("  %s", line));
      }
    }
    log.say(equal ? "Nothing lost, nothing doubled." : "The soak has failed.");
    return equal;
  }

  /** Waits until all input is read, time has come to the end, and nothing more comes out. */
  private void awaitOutputs(DeploymentSettings product) throws Exception {
    long giveUpAt = System.nanoTime() + SETTLES_WITHIN.toNanos();
    long begin = System.nanoTime();
    List<Topic> outputs = new ArrayList<>(List.of(Topic.values()));
    outputs.remove(Topic.TRACKING_EVENTS);
    long steadySince = -1;
    long before = -1;
    int checkpoints = 0;
    while (checkpoints < 4) {
      if (System.nanoTime() - giveUpAt > 0) {
        throw new IllegalStateException("The job hasn't come to the end of its input" + why());
      }
      long now = 0;
      for (Topic topic : outputs) {
        now += new CommittedTopic(product.kafka(), topic).ends();
      }
      if (now != before || rest.metrics(job().orElseThrow()).sum("pendingRecords") > 0) {
        before = now;
        checkpoints = 0;
        steadySince = System.currentTimeMillis();
      } else if (hasRecovered(steadySince)) {
        checkpoints++;
        steadySince = System.currentTimeMillis();
      }
      FaultInjector.pass(POLL);
    }
    log.say("Everything is written, %.1f s after the traffic", seconds(System.nanoTime() - begin));
  }

  private Simulator simulator() {
    long events = settings.length().toSeconds() * settings.eventsPerSecond();
    SimulatorSettings base = SimulatorSettings.defaults();
    SimulatorSettings.Proportions defaults = base.proportions();
    return new Simulator(
        base.toBuilder()
            .seed(settings.seed())
            .customers(CUSTOMERS)
            .spanning(settings.simulated(), events)
            .proportions(
                new SimulatorSettings.Proportions(
                    defaults.duplicates(), 0, defaults.skewed(), defaults.broken(), 0, 0))
            .build());
  }

  private Path writeConfig(ClusterSettings where) throws IOException {
    Path config = settings.folder().resolve("config.yaml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
            # Of a soak: event time is the only clock, so that there is one right answer.
            time: {clock: event}
            rfm: {scoring: thresholds}
            kafka: {bootstrap_servers: "%s"}
            state: {checkpoint_interval: %ds}
            """,
            where.bootstrapServers(),
            CHECKPOINT_INTERVAL.toSeconds()));
    return config;
  }

  /** What an earlier soak has left, its processes too if it was killed. */
  private static void clear(Path folder, ClusterFolder cluster) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    new LocalCluster(folder, cluster, line -> {}).stop();
    CheckpointDisk.release(cluster.checkpoints());
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Override
  public void close() {
    if (traffic != null) {
      traffic.close();
    }
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("The cluster is not stopped: " + e.getMessage(), e);
    } finally {
      if (rest != null) {
        rest.close();
      }
      disk.close();
      log.close();
    }
  }
}
