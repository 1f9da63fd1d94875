package io.customerpulse.client.submit;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scripts/upgrade}: another jar, or other settings, for a job that runs. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces a running job: stops it with a savepoint, submits the new jar from there, and"
          + " looks",
      "whether it runs, reads and completes a checkpoint. If it doesn't, the old jar comes back"
          + " from",
      "the same savepoint, and the exit code is 1. Settings and rules that aren't given stay."
    })
public final class UpgradeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "JOB",
      description = "As " + COMMANDS + "submit calls it: behavior or tables.")
  private String jobName;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "How long the new job has to prove itself [${DEFAULT-VALUE}].")
  private String within;

  @Mixin private ClusterOptions where;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JobKind job = where.job(jobName);
    Duration patience = patience();
    SubmissionLedger ledger = ClusterOptions.ledger();
    try (FlinkRest rest = where.connect()) {
      JobControl control = new JobControl(Installation.current(), rest, ledger);
      JobRequest replacement =
          ledger
              .latest(job, rest.url().toString())
              .map(where::replacementOf)
              .orElseGet(() -> where.request(job, null));
      Upgrade upgrade =
          new Upgrade(
              control,
              rest,
              ledger,
              line -> {
                out.println(line);
                out.flush();
              });
      return upgrade.run(replacement, patience) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private Duration patience() {
    try {
      Duration time = Durations.parse(within);
      if (time.toSeconds() >= 1) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), "--within: " + within + " is not allowed; allowed: 1s or more");
  }
}
