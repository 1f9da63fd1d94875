package io.customerpulse.local.replay;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the job of a replay runs. */
@FunctionalInterface
interface ReplayCluster {
  /** A cluster within this process, for this job alone. */
  ReplayCluster OWN =
      (configuration, parallelism) ->
          StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);

  StreamExecutionEnvironment environment(Configuration configuration, int parallelism);
}
