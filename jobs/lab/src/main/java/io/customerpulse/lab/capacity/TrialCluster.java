package io.customerpulse.lab.capacity;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FileUtils;

/**
 * A cluster on free ports with one TaskManager as in config/flink, on which one job at a time is
 * looked at.
 */
public final class TrialCluster implements AutoCloseable {
  /** Of the jobs on it. */
  public static final int PARALLELISM = 2;

  /** Of the TaskManager, and partitions of each topic: as scripts/cluster has them. */
  private static final int SLOTS = 4;

  private final Installation home;
  private final Path folder;
  private final LocalCluster cluster;
  private final ClusterSettings settings;
  private final FlinkRest rest;
  private final JobControl jobs;

  /**
   * Makes it ready to be started; what an earlier one left in the folder goes, its processes too.
   *
   * @param home the repository's root
   * @param folder for everything that it leaves
   * @param flinkKeys that differ from config/flink
   */
  public TrialCluster(Path home, Path folder, Map<String, String> flinkKeys) throws IOException {
    this.home = Installation.checkout(home);
    this.folder = folder;
    ClusterFolder clusterFolder = new ClusterFolder(folder.resolve("cluster"));
    clear(folder, clusterFolder);
    Files.createDirectories(folder);
    cluster = new LocalCluster(home, clusterFolder, flinkKeys, line -> {});
    settings = ClusterSettings.onFreePorts(1, SLOTS, SLOTS);
    rest = new FlinkRest(URI.create(settings.url()));
    jobs = new JobControl(this.home, rest, new SubmissionLedger(folder.resolve("jobs")));
  }

  private static void clear(Path folder, ClusterFolder cluster) throws IOException {
    if (Files.exists(folder)) {
      new LocalCluster(folder, cluster, line -> {}).stop();
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  /** Returns when all of it answers. */
  public void start() throws IOException, InterruptedException {
    cluster.start(settings);
  }

  public ClusterSettings settings() {
    return settings;
  }

  public Installation home() {
    return home;
  }

  public FlinkRest rest() {
    return rest;
  }

  public JobControl jobs() {
    return jobs;
  }

  /** The behaviour job's jar. */
  public Path jar() {
    return home.jobsJar(JobKind.BEHAVIOR.commandName());
  }

  /**
   * Brings the behaviour job onto it, as it is submitted in production.
   *
   * @param from a savepoint; null to begin afresh
   */
  public JobID submit(Path config, Path rules, String from)
      throws IOException, InterruptedException {
    JobRequest request = new JobRequest(JobKind.BEHAVIOR, jar(), config, rules, PARALLELISM, from);
    return JobID.fromHexString(jobs.submit(request).jobId());
  }

  /** Keeps a file of settings or rules for a job. */
  public Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** What the TaskManager has used of the processors since its start. */
  public Duration processorTime() {
    return taskManager().processorTime();
  }

  /** Of the TaskManager, where the system is one that tells; else 0. */
  public long processBytes() throws IOException {
    Path status = Path.of("/proc", String.valueOf(taskManager().pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private ManagedProcess taskManager() {
    return cluster.process(LocalCluster.taskManager(1)).orElseThrow();
  }

  @Override
  public void close() {
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("The cluster is not stopped: " + e.getMessage(), e);
    } finally {
      rest.close();
    }
  }
}
