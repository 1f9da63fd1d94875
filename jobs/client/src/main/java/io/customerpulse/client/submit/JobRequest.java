package io.customerpulse.client.submit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A job as it is to run.
 *
 * @param jar with everything that a cluster doesn't bring
 * @param config settings of the product; null for the defaults
 * @param rules a file or directory; null for a job that takes none
 * @param parallelism from 1
 * @param from a savepoint or checkpoint that the cluster can reach, or null to begin afresh
 */
public record JobRequest(
    JobKind job, Path jar, Path config, Path rules, int parallelism, String from) {

  /** As Flink's client is told of it. */
  FlinkProgram program() {
    List<String> arguments = new ArrayList<>();
    if (config != null) {
      arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
    }
    if (rules != null) {
      arguments.addAll(List.of("--rules", rules.toAbsolutePath().toString()));
    }
    return new FlinkProgram(jar, job.mainClass(), List.of(), parallelism, from, arguments);
  }

  /** The same from another savepoint. */
  public JobRequest from(String savepoint) {
    return new JobRequest(job, jar, config, rules, parallelism, savepoint);
  }
}
