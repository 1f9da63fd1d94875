package io.customerpulse.runtime.environment;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;

/** What every job asks of Flink, wherever it runs. */
public final class JobEnvironment {
  /**
   * State is divided into so many parts for good: a job is never spread wider, and another number
   * cannot read its savepoints. 120 divides evenly by nearly every parallelism that one would
   * choose, is wide enough for ten million events a second, and keeps the part's number in each
   * RocksDB key at one byte.
   */
  public static final int MAX_PARALLELISM = 120;

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration FIRST_RESTART_AFTER = Duration.ofSeconds(1);
  private static final Duration RESTART_AT_LEAST_EVERY = Duration.ofMinutes(1);
  private static final Duration STEADY_AFTER = Duration.ofMinutes(10);

  private JobEnvironment() {}

  /** For a job that runs until it is stopped: {@link #bounded} with checkpoints and restarts. */
  public static Configuration unbounded(StateSettings state) {
    Configuration configuration = bounded();
    keepStateIn(configuration, state);
    takeCheckpoints(configuration, state);
    restartOnFailure(configuration);
    return configuration;
  }

  /** For a run over input that ends: how records travel, nothing about failure. */
  public static Configuration bounded() {
    Configuration configuration = new Configuration();
    // Kryo is slow, and what it writes does not outlive a refactoring.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // What travels is immutable.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    return configuration;
  }

  /**
   * For a cluster within this process: everything that listens does so on the loopback interface.
   *
   * @param configuration is changed and returned
   */
  public static Configuration onLoopback(Configuration configuration) {
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
    // Not the RPC alone: jars and logs are served from here too.
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    return configuration;
  }

  private static void keepStateIn(Configuration configuration, StateSettings state) {
    configuration.set(StateBackendOptions.STATE_BACKEND, state.backend());
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // A customer who comes for the first time is a read that finds nothing.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
  }

  private static void takeCheckpoints(Configuration configuration, StateSettings state) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, state.checkpointInterval());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // Outputs must leave before the barrier that follows them, so no barrier overtakes records.
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (state.checkpointDir() != null) {
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.checkpointDir());
    }
  }

  private static void restartOnFailure(Configuration configuration) {
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        FIRST_RESTART_AFTER);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        RESTART_AT_LEAST_EVERY);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        STEADY_AFTER);
  }
}
