package io.customerpulse.client.submit;

import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.flink.FlinkRestException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;

/**
 * Finds out whether a job that has just been submitted does its work: all of its tasks run, a
 * checkpoint completes, and records have been read, if there were any to read.
 */
public final class JobHealthCheck {
  /** A job that is just being deployed may fail once, because a TaskManager is slow to come. */
  private static final int FAILURES_THAT_TELL = 3;

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

  private final FlinkRest rest;
  private final JobID job;

  public JobHealthCheck(FlinkRest rest, JobID job) {
    this.rest = rest;
    this.job = job;
  }

  /**
   * Waits for the proof.
   *
   * @return empty if the job is well; else what is wrong with it
   */
  public Optional<String> await(Duration within) throws InterruptedException {
    long giveUpAt = System.nanoTime() + within.toNanos();
    while (true) {
      String missing;
      try {
        missing = missing();
        if (missing == null) {
          return Optional.empty();
        }
        if (rest.status(job).isTerminalState() || rest.failures(job) >= FAILURES_THAT_TELL) {
          return Optional.of(failure(missing));
        }
      } catch (FlinkRestException e) {
        missing = e.getMessage();
      }
      if (System.nanoTime() - giveUpAt > 0) {
        return Optional.of(missing + " after " + within.toSeconds() + " s");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }

  private String failure(String otherwise) {
    return rest.lastFailure(job).map(line -> "it fails: " + line).orElse(otherwise);
  }

  /** What is yet to be seen; null if nothing. */
  private String missing() {
    JobDetailsInfo details = rest.details(job);
    if (details.getJobStatus() != JobStatus.RUNNING) {
      return "it is " + details.getJobStatus();
    }
    for (JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return String.format(
            Locale.ROOT, "'%s' is %s", vertex.getName(), vertex.getExecutionState());
      }
    }
    if (rest.checkpoints(job).getCounts().getNumberCompletedCheckpoints() == 0) {
      return "no checkpoint is complete";
    }
    if (read(details) == 0 && rest.metrics(job).sum("pendingRecords") > 0) {
      return "records wait, but none is read";
    }
    return null;
  }

  /** What the sources have handed on. */
  private static long read(JobDetailsInfo details) {
    return details.getJobVertexInfos().stream()
        .filter(vertex -> vertex.getName().startsWith("Source:"))
        .mapToLong(vertex -> vertex.getJobVertexMetrics().getRecordsWritten())
        .sum();
  }
}
