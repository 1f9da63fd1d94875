package io.customerpulse.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.submit.JobControl;
import io.customerpulse.client.submit.JobHealthCheck;
import io.customerpulse.client.submit.JobKind;
import io.customerpulse.client.submit.JobRequest;
import io.customerpulse.client.submit.Submission;
import io.customerpulse.client.submit.SubmissionLedger;
import io.customerpulse.client.submit.Upgrade;
import io.customerpulse.lab.cluster.ClusterSettings;
import io.customerpulse.lab.cluster.LocalCluster;
import io.customerpulse.lab.cluster.LocalCluster.ProcessStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The short form of what scripts/cluster, submit, upgrade and soak do, by their own code on one
 * cluster of real processes. The tests build upon each other: a cluster takes a while to come up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SoakIT {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final long SEED = 11;
  private static final Duration WITHIN = Duration.ofMinutes(2);

  /** Without it a job can be built and submitted, but its tasks don't start. */
  private static final String NEEDED_BY_TASKS =
      "io/customerpulse/runtime/keyedlogic/WriteBackCache.class";

  /** Not a temporary one: who looks for what went wrong finds the logs here. */
  private static final Path FOLDER = Path.of("target/soak-it").toAbsolutePath();

  private Soak soak;
  private LocalCluster cluster;
  private FlinkRest rest;
  private SubmissionLedger ledger;
  private JobControl control;

  @BeforeAll
  void begin() throws IOException {
    Path soakFolder = FOLDER.resolve("soak");
    soak =
        new Soak(
            new SoakSettings(
                HOME,
                soakFolder,
                SEED,
                Duration.ofMinutes(3),
                2,
                EnumSet.of(Fault.KILL_TASK_MANAGER, Fault.UPGRADE),
                300,
                Duration.ofDays(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    cluster = soak.cluster();
  }

  @AfterAll
  void end() throws IOException {
    if (rest != null) {
      rest.close();
    }
    soak.close();
    assertThat(cluster.isRunning()).isFalse();
  }

  @Test
  @Order(1)
  void aKilledTaskManagerAndAnUpgradeCostNotARecord() throws Exception {
    assertThat(soak.run()).as("seed %d", SEED).isTrue();
  }

  @Test
  @Order(2)
  void everyProcessListensOnTheLoopbackInterfaceAlone() throws IOException {
    assumeTrue(Listening.canBeTold(), "only Linux tells it in /proc");
    for (ProcessStatus process : cluster.status()) {
      Listening.Addresses addresses = Listening.of(process.pid());
      assertThat(addresses.loopback()).as(process.role()).isNotEmpty();
      assertThat(addresses.others()).as(process.role()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void aSecondStartFindsItRunning() throws Exception {
    ClusterSettings settings = cluster.settings().orElseThrow();

    assertThat(cluster.start(settings)).isEmpty();
    assertThat(cluster.status()).hasSize(4).allMatch(ProcessStatus::isWell);
    assertThatThrownBy(() -> cluster.start(ClusterSettings.DEFAULTS))
        .hasMessageContaining("other settings");
  }

  @Test
  @Order(4)
  void aStoppedJobGoesOnFromItsSavepoint() throws Exception {
    rest = new FlinkRest(URI.create(cluster.settings().orElseThrow().url()));
    ledger = new SubmissionLedger(FOLDER.resolve("soak/jobs"));
    control = new JobControl(Installation.checkout(HOME), rest, ledger);
    Submission stopped = submissionOf(JobKind.BEHAVIOR);

    Submission submission = control.submit(stopped.again(JobControl.LATEST));

    assertThat(submission.from()).isEqualTo(stopped.stoppedWith()).isNotNull();
    assertThat(new JobHealthCheck(rest, JobID.fromHexString(submission.jobId())).await(WITHIN))
        .isEmpty();
    assertThatThrownBy(() -> control.submit(stopped.again(JobControl.LATEST)))
        .hasMessageContaining("on the cluster already");
  }

  @Test
  @Order(5)
  void aJarThatDoesNotWorkGivesWayToTheOldOne() throws Exception {
    Submission before = submissionOf(JobKind.BEHAVIOR);
    Path broken = FOLDER.resolve("broken.jar");
    copyWithout(NEEDED_BY_TASKS, Path.of(before.jar()), broken);
    List<String> told = new ArrayList<>();

    JobRequest same = before.again(null);
    boolean upgraded =
        new Upgrade(control, rest, ledger, told::add)
            .run(
                new JobRequest(
                    same.job(), broken, same.config(), same.rules(), same.parallelism(), null),
                WITHIN);

    assertThat(upgraded).isFalse();
    assertThat(told).anyMatch(line -> line.contains("WriteBackCache"));
    Submission after = submissionOf(JobKind.BEHAVIOR);
    assertThat(Files.mismatch(Path.of(after.jar()), Path.of(before.jar()))).isEqualTo(-1);
    assertThat(control.living(JobKind.BEHAVIOR).orElseThrow().getJobId())
        .hasToString(after.jobId());
    control.cancel(JobKind.BEHAVIOR);
  }

  private Submission submissionOf(JobKind job) throws IOException {
    return ledger.latest(job, rest.url().toString()).orElseThrow();
  }

  private static void copyWithout(String entryName, Path from, Path to) throws IOException {
    boolean found = false;
    try (InputStream in = Files.newInputStream(from);
        ZipInputStream zip = new ZipInputStream(in);
        OutputStream out = Files.newOutputStream(to);
        ZipOutputStream copy = new ZipOutputStream(out)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(entryName)) {
          found = true;
        } else {
          copy.putNextEntry(new ZipEntry(entry.getName()));
          zip.transferTo(copy);
        }
      }
    }
    assertThat(found).as("the jar has %s", entryName).isTrue();
  }
}
