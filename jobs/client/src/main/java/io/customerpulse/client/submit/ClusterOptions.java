package io.customerpulse.client.submit;

import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command about a job on a cluster asks: which job, where, and with what. */
final class ClusterOptions {
  private static final int MAX_PARALLELISM = 120;

  @Option(
      names = "--cluster",
      paramLabel = "URL",
      description = "The web address of a Flink cluster [that of scripts/cluster].")
  private String cluster;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings, laid over the defaults [on the cluster of scripts/cluster, those that lead to"
              + " its broker].")
  private Path config;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "Trigger rules of the behavior job: a file or a directory [config/rules].")
  private Path rules;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "Another jar than the one that is built here.")
  private Path jar;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parts that run at once, 1 to 120 [2].")
  private Integer parallelism;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  static SubmissionLedger ledger() {
    return new SubmissionLedger(Installation.current().run("jobs"));
  }

  JobKind job(String name) {
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(), "JOB is missing; allowed: " + JobKind.commandNames());
    }
    return JobKind.ofCommandName(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "JOB: " + name + " is not allowed; allowed: " + JobKind.commandNames()));
  }

  FlinkRest connect() {
    return new FlinkRest(url());
  }

  private URI url() {
    if (cluster == null) {
      return folder().webAddress().orElseThrow(() -> new IllegalStateException(noCluster()));
    }
    try {
      URI url = new URI(cluster.replaceFirst("/+$", ""));
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(),
        "--cluster: " + cluster + " is not allowed; allowed: such as http://host:8081");
  }

  private static String noCluster() {
    return Installation.current().isCheckout()
        ? "No cluster was started here: scripts/cluster start, or --cluster URL"
        : "Which cluster? --cluster URL";
  }

  private static ClusterFolder folder() {
    return ClusterFolder.standard(Installation.current());
  }

  /** What is to run. */
  JobRequest request(JobKind job, String from) {
    return new JobRequest(job, jarOf(job), configOrDefault(), rulesOf(job), parts(), from);
  }

  /** What is to run instead of a submission: what isn't said stays as it is. */
  JobRequest replacementOf(Submission old) {
    JobRequest before = old.again(null);
    return new JobRequest(
        old.job(),
        jarOf(old.job()),
        config == null ? before.config() : existing("--config", config),
        rules == null ? before.rules() : rulesOf(old.job()),
        parallelism == null ? before.parallelism() : parts(),
        null);
  }

  private Path jarOf(JobKind job) {
    return jar == null ? Installation.current().jobsJar(job.commandName()) : existing("--jar", jar);
  }

  private Path configOrDefault() {
    if (config != null) {
      return existing("--config", config);
    }
    return cluster == null ? folder().config() : null;
  }

  private Path rulesOf(JobKind job) {
    if (job.takesRules()) {
      return rules == null ? Installation.current().rules() : existing("--rules", rules);
    }
    if (rules != null) {
      throw new ParameterException(
          spec.commandLine(), "--rules: the " + job.commandName() + " job takes none");
    }
    return null;
  }

  private int parts() {
    int parts = parallelism == null ? 2 : parallelism;
    if (parts < 1 || parts > MAX_PARALLELISM) {
      throw new ParameterException(
          spec.commandLine(),
          "--parallelism: " + parts + " is not allowed; allowed: 1 to " + MAX_PARALLELISM);
    }
    return parts;
  }

  private Path existing(String option, Path path) {
    if (!Files.isReadable(path)) {
      throw new ParameterException(spec.commandLine(), option + ": there is no " + path);
    }
    return path;
  }
}
