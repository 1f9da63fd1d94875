package io.customerpulse.history.replay;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the jobs of a replay run. */
@FunctionalInterface
interface ReplayCluster extends AutoCloseable {
  StreamExecutionEnvironment environment(Configuration configuration, int parallelism);

  /** Ends it if it is the replay's own; then nothing of it runs any more. */
  @Override
  default void close() {}
}
