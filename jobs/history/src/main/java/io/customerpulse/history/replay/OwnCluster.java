package io.customerpulse.history.replay;

import io.customerpulse.runtime.environment.SessionCluster;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A cluster within this process for each job: jobs differ in the memory that they need. */
final class OwnCluster implements ReplayCluster {
  private SessionCluster cluster;

  @Override
  public synchronized StreamExecutionEnvironment environment(
      Configuration configuration, int parallelism) {
    close();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    cluster = SessionCluster.start(configuration);
    return cluster.environment(configuration);
  }

  @Override
  public synchronized void close() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }
}
