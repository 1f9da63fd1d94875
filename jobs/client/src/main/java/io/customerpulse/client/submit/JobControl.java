package io.customerpulse.client.submit;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.flink.FlinkRestException;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.client.JobStatusMessage;

/** Jobs on one cluster. Of each there is one at a time: two would write everything twice. */
public final class JobControl {
  /** Instead of a savepoint: from where the job was stopped, or else its newest checkpoint. */
  public static final String LATEST = "latest";

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

  private final Installation installation;
  private final FlinkRest rest;
  private final SubmissionLedger ledger;

  /**
   * Controls the jobs of a cluster.
   *
   * @param installation whose Flink and folders are used
   */
  public JobControl(Installation installation, FlinkRest rest, SubmissionLedger ledger) {
    this.installation = installation;
    this.rest = rest;
    this.ledger = ledger;
  }

  /**
   * Brings a job onto the cluster; returns when the cluster has it, not when it runs.
   *
   * @param request its {@code from} may be {@link #LATEST}
   * @throws IllegalStateException if it is on the cluster already, or there is nothing to go on
   *     from
   * @throws JobRefusedException if the job doesn't take its settings or rules
   */
  public Submission submit(JobRequest request) throws IOException, InterruptedException {
    JobKind job = request.job();
    living(job)
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  String.format(
                      Locale.ROOT,
                      "The %s job is on the cluster already (%s, %s): stop, cancel or upgrade it",
                      job.commandName(),
                      other.getJobId(),
                      other.getJobState()));
            });
    JobRequest resolved = LATEST.equals(request.from()) ? request.from(latest(job)) : request;
    JobRequest kept = ledger.keep(resolved);
    try {
      String jobId = new FlinkClient(installation, rest.url()).run(resolved.program());
      Submission submission =
          new Submission(
              job,
              jobId,
              rest.url().toString(),
              kept.jar().toString(),
              kept.config() == null ? null : kept.config().toString(),
              kept.rules() == null ? null : kept.rules().toString(),
              kept.parallelism(),
              kept.from(),
              checkpoints(kept),
              null);
      ledger.record(submission);
      return submission;
    } catch (IOException | RuntimeException | InterruptedException e) {
      ledger.discard(kept);
      throw e;
    }
  }

  /** From where a job can go on. */
  public String latest(JobKind job) throws IOException {
    return new LatestState(rest, ledger)
        .find(job)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "There is no checkpoint of the "
                        + job.commandName()
                        + " job to go on from; name one with --from"));
  }

  /**
   * Stops a job with a savepoint and waits until it has ended.
   *
   * @param directory a URI; null for the cluster's own
   * @return where the savepoint is
   */
  public String stop(JobKind job, String directory) throws IOException, InterruptedException {
    JobID id = runningId(job);
    String savepoint = rest.stopWithSavepoint(id, directory);
    awaitEnd(id);
    Optional<Submission> last = ledger.latest(job, rest.url().toString());
    if (last.isPresent() && last.get().jobId().equals(id.toString())) {
      ledger.record(last.get().stoppedWith(savepoint));
    }
    return savepoint;
  }

  /** Ends a job where it is; its last checkpoint stays. */
  public void cancel(JobKind job) throws InterruptedException {
    JobID id = runningId(job);
    rest.cancel(id);
    awaitEnd(id);
  }

  /** The job that is on the cluster and hasn't ended. */
  public Optional<JobStatusMessage> living(JobKind job) {
    List<JobStatusMessage> all = rest.living(job.flinkName());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  private JobID runningId(JobKind job) {
    return living(job)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The " + job.commandName() + " job isn't running at " + rest.url()))
        .getJobId();
  }

  private void awaitEnd(JobID id) throws InterruptedException {
    long giveUpAt = System.nanoTime() + ENDS_WITHIN.toNanos();
    while (!rest.status(id).isTerminalState()) {
      if (System.nanoTime() - giveUpAt > 0) {
        throw new IllegalStateException(
            "Job " + id + " hasn't ended after " + ENDS_WITHIN.toSeconds() + " s");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }

  /** Where its checkpoints go: by its own settings, else by the cluster's. */
  private String checkpoints(JobRequest request) {
    DeploymentSettings settings =
        request.config() == null
            ? DeploymentSettingsReader.defaults()
            : new DeploymentSettingsReader(System::getenv).read(request.config());
    if (settings.checkpointDir() != null) {
      return settings.checkpointDir();
    }
    try {
      return rest.clusterSetting(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()).orElse(null);
    } catch (FlinkRestException e) {
      // Some clusters don't show their configuration.
      return null;
    }
  }
}
