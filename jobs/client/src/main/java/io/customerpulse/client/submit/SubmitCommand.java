package io.customerpulse.client.submit;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scripts/submit}: a job onto a Flink cluster, and off it again. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a job onto a Flink cluster: that of scripts/cluster, or any other by its URL."
          + " Settings",
      "and rules are read here and travel with the job. The same command stops it with a"
          + " savepoint,",
      "cancels it, and lists what is on the cluster.",
      "",
      "  " + COMMANDS + "submit behavior                   afresh, from the beginning of the topic",
      "  "
          + COMMANDS
          + "submit behavior --stop            with a savepoint, whose place is printed",
      "  " + COMMANDS + "submit behavior --from SAVEPOINT  from a savepoint or checkpoint",
      "  "
          + COMMANDS
          + "submit behavior --from latest     from where it was stopped, or its last checkpoint",
      "  "
          + COMMANDS
          + "submit tables                     beside it: the topics as tables, for "
          + COMMANDS
          + "query",
      "  " + COMMANDS + "submit --list",
      ""
    })
public final class SubmitCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = {
        "behavior: tracking events in; profiles, transitions and triggers out.",
        "tables: these topics in; the tables of " + COMMANDS + "query out."
      })
  private String jobName;

  /** What to do; to run it, if nothing is said. */
  static final class Action {
    @Option(
        names = "--from",
        paramLabel = "SAVEPOINT",
        description =
            "Run it from this savepoint or checkpoint. latest: the savepoint with which it was"
                + " stopped, else its newest checkpoint, as after the loss of a JobManager.")
    private String from;

    @Option(
        names = "--stop",
        description = "Stop it with a savepoint. Never drained: reminders that wait go on waiting.")
    private boolean stop;

    @Option(names = "--cancel", description = "End it at once; its last checkpoint stays.")
    private boolean cancel;

    @Option(names = "--list", description = "List the jobs of the cluster.")
    private boolean list;
  }

  @ArgGroup(exclusive = true)
  private Action action = new Action();

  @Option(
      names = "--savepoints",
      paramLabel = "URI",
      description = "With --stop: the folder for the savepoint [the cluster's own].")
  private String savepoints;

  @Mixin private ClusterOptions where;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (FlinkRest rest = where.connect()) {
      JobControl control = new JobControl(Installation.current(), rest, ClusterOptions.ledger());
      if (action.list) {
        list(rest, out);
      } else if (action.stop) {
        out.println(control.stop(where.job(jobName), savepoints));
      } else if (action.cancel) {
        control.cancel(where.job(jobName));
        out.println("Cancelled.");
      } else {
        submit(control, rest, out);
      }
      out.flush();
      return ExitCode.OK;
    } catch (JobRefusedException e) {
      e.lines().forEach(spec.commandLine().getErr()::println);
      return ExitCode.USAGE;
    }
  }

  private void submit(JobControl control, FlinkRest rest, PrintWriter out)
      throws IOException, InterruptedException {
    Submission submission = control.submit(where.request(where.job(jobName), action.from));
    out.println("Submitted as " + submission.jobId());
    Optional.ofNullable(submission.from()).ifPresent(from -> out.println("Goes on from " + from));
    out.println("Look at it at " + rest.url() + "/#/job/" + submission.jobId());
  }

  private static void list(FlinkRest rest, PrintWriter out) {
    Collection<JobStatusMessage> jobs = rest.jobs();
    if (jobs.isEmpty()) {
      out.println("There are no jobs at " + rest.url());
      return;
    }
    List<JobStatusMessage> latestFirst =
        jobs.stream()
            .sorted(Comparator.comparingLong(JobStatusMessage::getStartTime).reversed())
            .toList();
    out.printf(Locale.ROOT, "%-32s  %-24s  %-12s  %s%n", "id", "since", "state", "name");
    for (JobStatusMessage job : latestFirst) {
      out.printf(
          Locale.ROOT,
          "%-32s  %-24s  %-12s  %s%n",
          job.getJobId(),
          Instant.ofEpochMilli(job.getStartTime()),
          job.getJobState(),
          job.getJobName());
      if (job.getJobState() == JobStatus.FAILED) {
        rest.lastFailure(job.getJobId()).ifPresent(why -> out.println("  " + why));
      }
    }
  }
}
