package io.customerpulse.client.submit;

import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * Replaces a running job by another jar, or other settings or rules: a savepoint, the new job from
 * it, a look whether that one works; if not, back to the old one from the same savepoint. Nothing
 * is lost or doubled either way, for the new job commits nothing before its first checkpoint, and
 * with that it has proven itself.
 */
public final class Upgrade {
  private final JobControl control;
  private final FlinkRest rest;
  private final SubmissionLedger ledger;
  private final Consumer<String> teller;

  /**
   * An upgrade on one cluster.
   *
   * @param teller hears of each step, a line
   */
  public Upgrade(
      JobControl control, FlinkRest rest, SubmissionLedger ledger, Consumer<String> teller) {
    this.control = control;
    this.rest = rest;
    this.ledger = ledger;
    this.teller = teller;
  }

  /**
   * Upgrades.
   *
   * @param within how long the new job has to prove itself, and the old one if it must come back
   * @return whether the new job runs; if not, the old one does
   * @throws IllegalStateException if there is no job to replace, or neither runs in the end
   */
  public boolean run(JobRequest replacement, Duration within)
      throws IOException, InterruptedException {
    JobKind job = replacement.job();
    Submission old =
        ledger
            .latest(job, rest.url().toString())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        String.format(
                            Locale.ROOT,
                            "The %s job was not submitted from here, so there is no jar to go back"
                                + " to: use %s --stop and --from",
                            job.commandName(),
                            Installation.command("submit"))));
    teller.accept("Stopping the running job with a savepoint …");
    String savepoint = control.stop(job, null);
    teller.accept("Savepoint " + savepoint);
    Optional<String> wrong = start(replacement.from(savepoint), within);
    if (wrong.isEmpty()) {
      teller.accept("The new job runs, reads and completes checkpoints.");
      return true;
    }
    teller.accept("The new job doesn't work: " + wrong.get());
    if (control.living(job).isPresent()) {
      control.cancel(job);
    }
    teller.accept("Going back to the old one …");
    Optional<String> stillWrong = start(old.again(savepoint), within);
    if (stillWrong.isPresent()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "The old job doesn't work either: %s; its state is at %s",
              stillWrong.get(),
              savepoint));
    }
    teller.accept("The old job runs again, reads and completes checkpoints.");
    return false;
  }

  /** What is wrong; empty if all is well. */
  private Optional<String> start(JobRequest request, Duration within)
      throws IOException, InterruptedException {
    try {
      Submission submission = control.submit(request);
      teller.accept("Submitted as " + submission.jobId());
      return new JobHealthCheck(rest, JobID.fromHexString(submission.jobId())).await(within);
    } catch (JobRefusedException | IllegalStateException e) {
      return Optional.of(e.getMessage());
    }
  }
}
