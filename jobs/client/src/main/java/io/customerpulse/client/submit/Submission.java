package io.customerpulse.client.submit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;

/**
 * A job that was submitted from here: enough to go on with it, and to go back to it.
 *
 * @param jobId Flink's
 * @param jar the copy that is kept of it, as config and rules are
 * @param config null for the defaults
 * @param rules null for a job that takes none
 * @param checkpoints the URI under which its checkpoints stand; null if nobody could tell
 * @param stoppedWith the savepoint with which it was stopped, null if it wasn't: its state goes on
 *     from there and nowhere else, as what it had written until then is committed
 */
public record Submission(
    JobKind job,
    @JsonProperty("job_id") String jobId,
    String cluster,
    String jar,
    String config,
    String rules,
    int parallelism,
    String from,
    String checkpoints,
    @JsonProperty("stopped_with") String stoppedWith) {

  Submission stoppedWith(String savepoint) {
    return new Submission(
        job, jobId, cluster, jar, config, rules, parallelism, from, checkpoints, savepoint);
  }

  /** The same jar, settings and rules again. */
  public JobRequest again(String savepoint) {
    return new JobRequest(
        job,
        Path.of(jar),
        config == null ? null : Path.of(config),
        rules == null ? null : Path.of(rules),
        parallelism,
        savepoint);
  }
}
