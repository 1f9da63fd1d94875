package io.customerpulse.lab.soak;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.submit.JobControl;
import io.customerpulse.client.submit.JobRequest;
import io.customerpulse.client.submit.Upgrade;
import io.customerpulse.lab.cluster.ClusterSettings;
import io.customerpulse.lab.cluster.LocalCluster;
import io.customerpulse.lab.cluster.ManagedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;

/** Lets faults happen, and undoes of them what doesn't heal by itself. */
final class FaultInjector {
  /** What a TaskManager's clock is wrong by. */
  private static final String CLOCK_OFF = "-Dcustomerpulse.clock.offset=PT3H";

  /** Twice what the source needs to find a new partition. */
  private static final Duration PARTITION_FOUND_WITHIN = Duration.ofSeconds(25);

  private static final Duration PROOF_WITHIN = Duration.ofMinutes(3);

  private final SoakSettings soak;
  private final LocalCluster cluster;
  private final ClusterSettings clusterSettings;
  private final CheckpointDisk disk;
  private final FlinkRest rest;
  private final JobControl control;
  private final Upgrade upgrade;
  private final JobRequest job;
  private final DeploymentSettings settings;
  private final SoakTraffic traffic;
  private boolean longOutageDone;

  FaultInjector(
      SoakSettings soak,
      LocalCluster cluster,
      CheckpointDisk disk,
      FlinkRest rest,
      JobControl control,
      Upgrade upgrade,
      JobRequest job,
      DeploymentSettings settings,
      SoakTraffic traffic) {
    this.soak = soak;
    this.cluster = cluster;
    this.clusterSettings = cluster.settings().orElseThrow();
    this.disk = disk;
    this.rest = rest;
    this.control = control;
    this.upgrade = upgrade;
    this.job = job;
    this.settings = settings;
    this.traffic = traffic;
  }

  boolean canHappen(Fault fault) {
    return fault != Fault.DISK_FULL || disk.canBeFull();
  }

  /** Returns when the fault is over; the job may still be recovering. */
  void strike(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILL_TASK_MANAGER -> restart(killed(busiest()), List.of());
      case KILL_JOB_MANAGER -> loseJobManager();
      case KILL_BROKER -> restart(killed(LocalCluster.BROKER), List.of());
      case HALT_TASK_MANAGER -> halt(busiest(), soak.halt());
      case BROKER_UNREACHABLE -> halt(LocalCluster.BROKER, outage());
      case CHECKPOINTS_READ_ONLY -> {
        disk.makeReadOnly();
        pass(soak.halt());
        disk.makeWritable();
      }
      case DISK_FULL -> {
        disk.fill();
        pass(soak.halt());
        disk.free();
      }
      case PARTITION_ADDED -> addPartition();
      case CLOCK_OFF -> restart(killed(busiest()), List.of(CLOCK_OFF));
      case UPGRADE -> upgrade();
    }
  }

  private String killed(String role) {
    process(role).kill();
    return role;
  }

  private void restart(String role, List<String> jvmOptions)
      throws IOException, InterruptedException {
    cluster.restart(role, jvmOptions);
    cluster.await(role, clusterSettings);
  }

  private void loseJobManager() throws IOException, InterruptedException {
    restart(killed(LocalCluster.JOB_MANAGER), List.of());
    control.submit(job.from(JobControl.LATEST));
  }

  private void halt(String role, Duration time) throws InterruptedException {
    ManagedProcess process = process(role);
    process.halt();
    try {
      pass(time);
    } finally {
      process.resume();
    }
  }

  private Duration outage() {
    Duration length = longOutageDone ? soak.halt() : soak.outage();
    longOutageDone = true;
    return length;
  }

  private void upgrade() throws IOException, InterruptedException {
    if (!upgrade.run(job, PROOF_WITHIN)) {
      throw new IllegalStateException("The upgrade to the same jar went back");
    }
  }

  /**
   * Traffic goes to the new partition once the job can have found it. A producer that is faster
   * writes what the job reads late: of time, a source knows only what its known partitions say.
   */
  private void addPartition() throws InterruptedException {
    int count = traffic.partitions() + 1;
    String topic = settings.kafka().topic(Topic.TRACKING_EVENTS.wireName());
    try (Admin admin =
        Admin.create(
            Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafka().bootstrapServers()))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("No partition added: " + e.getCause().getMessage(), e);
    }
    pass(PARTITION_FOUND_WITHIN);
    traffic.spreadOver(count);
  }

  /** The TaskManager with the most work, so that every fault is one. */
  private String busiest() {
    String busiest = LocalCluster.taskManager(1);
    int most = -1;
    for (Map.Entry<String, Integer> used : rest.usedSlots().entrySet()) {
      if (used.getValue() > most) {
        most = used.getValue();
        busiest = used.getKey();
      }
    }
    return busiest;
  }

  private ManagedProcess process(String role) {
    return cluster.process(role).orElseThrow();
  }

  /** The length of a fault is what it is about, so here time simply passes. */
  static void pass(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
