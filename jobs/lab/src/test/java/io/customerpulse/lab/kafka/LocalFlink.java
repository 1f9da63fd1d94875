package io.customerpulse.lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A cluster inside the test's JVM, one per job, on this machine's own address. */
public final class LocalFlink {
  private static final String HOST = "127.0.0.1";

  private LocalFlink() {}

  public static Configuration configuration(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, HOST);
    configuration.set(RestOptions.BIND_ADDRESS, HOST);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.ADDRESS, HOST);
    configuration.set(JobManagerOptions.BIND_HOST, HOST);
    configuration.set(TaskManagerOptions.HOST, HOST);
    configuration.set(TaskManagerOptions.BIND_HOST, HOST);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    return configuration;
  }

  public static Configuration restoring(Configuration configuration, String savepoint) {
    Configuration restoring = new Configuration(configuration);
    restoring.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return restoring;
  }

  /** The newest complete one of all jobs that keep theirs in the folder; empty without any. */
  public static Optional<Path> latestCheckpoint(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return all.filter(path -> path.endsWith("_metadata"))
          .max(Comparator.comparingLong(path -> path.toFile().lastModified()))
          .map(Path::getParent);
    }
  }

  public static StreamExecutionEnvironment environment(
      Configuration configuration, int parallelism) {
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
  }

  /** Stops a job and waits until it is gone, with its cluster: who asks either then is too late. */
  public static String stopWithSavepoint(JobClient job, Path directory)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(30, TimeUnit.SECONDS);
    result.get(30, TimeUnit.SECONDS);
    return savepoint;
  }

  /** Takes a savepoint of a job that goes on. */
  static String savepoint(JobClient job, Path directory)
      throws InterruptedException, ExecutionException, TimeoutException {
    return job.triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(30, TimeUnit.SECONDS);
  }

  /** Cancels the job and waits until it is gone. A job that has failed says why. */
  public static void cancel(JobClient job)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
    if (result.isDone()) {
      result.get();
    }
    job.cancel().get(30, TimeUnit.SECONDS);
    result.handle((ended, cancelled) -> ended).get(30, TimeUnit.SECONDS);
  }
}
