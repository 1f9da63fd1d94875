package io.customerpulse.history.replay;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.client.cli.Progress;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** Jobs that a command runs, one after the other, and how far they are. */
final class JobRun {
  private static final long PROGRESS_MILLIS = 500;
  private static final long CANCEL_SECONDS = 10;

  private final Progress progress;
  private volatile JobClient job;

  JobRun(Progress progress) {
    this.progress = progress;
  }

  /** How a run that was stopped has ended: where its state is, and what it has counted. */
  record Stopped(String savepoint, Map<String, Object> counted) {}

  /**
   * Runs a job to the end of its input.
   *
   * @param doing what is shown meanwhile
   * @param records how many it reads
   * @return its accumulators
   * @throws IOException where it fails
   */
  Map<String, Object> toEnd(StreamExecutionEnvironment env, String name, String doing, long records)
      throws IOException, InterruptedException {
    try {
      job = env.executeAsync(name);
      CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
      while (true) {
        try {
          return result.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS).getAllAccumulatorResults();
        } catch (TimeoutException e) {
          show(doing, records);
        }
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /**
   * Runs a job whose input doesn't end until it has come far enough, and stops it there with a
   * savepoint.
   *
   * @param reached of its accumulators
   * @param directory a URI: where the savepoint gets a folder
   * @throws IOException where it fails
   */
  Stopped until(
      Predicate<Map<String, Object>> reached,
      StreamExecutionEnvironment env,
      String name,
      String doing,
      long records,
      String directory)
      throws IOException, InterruptedException {
    try {
      job = env.executeAsync(name);
      CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
      while (!reached.test(job.getAccumulators().get())) {
        show(doing, records);
        try {
          result.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
          throw new IOException("The job has ended before its time");
        } catch (TimeoutException e) {
          // It runs.
        }
      }
      progress.show(() -> "Writing the savepoint");
      // Canonical: whatever state backend the job is to run on can read it.
      String savepoint =
          job.stopWithSavepoint(false, directory, SavepointFormatType.CANONICAL).get();
      return new Stopped(savepoint, result.get().getAllAccumulatorResults());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private static IOException failed(Exception failure) {
    Throwable cause = ExceptionUtils.stripExecutionException(failure);
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new IOException(
        cause.getMessage() == null ? cause.toString() : cause.getMessage(), failure);
  }

  private void show(String doing, long records) throws InterruptedException {
    RunCounters counts;
    try {
      counts = new RunCounters(job.getAccumulators().get());
    } catch (ExecutionException | IllegalStateException e) {
      // The job has ended meanwhile, and its cluster with it: the result says how.
      return;
    }
    long triggers = counts.total(Metric.TRIGGERS);
    progress.show(
        () ->
            String.format(
                Locale.ROOT,
                "%s: %,d of %,d records%s",
                doing,
                counts.total(Metric.READ),
                records,
                triggers == 0 ? "" : String.format(Locale.ROOT, ", %,d triggers", triggers)));
  }

  /** Ends the job that runs, if there is one. */
  void cancel() {
    JobClient running = job;
    try {
      if (running != null && !running.getJobExecutionResult().isDone()) {
        running.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
        running
            .getJobExecutionResult()
            .exceptionally(cancelled -> null)
            .get(CANCEL_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What is left of it ends with the process.
    }
  }
}
