package io.customerpulse.history.replay;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.SettingsResolver;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.SegmentCheck;
import io.customerpulse.history.replay.sort.InputFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scripts/bootstrap}: history in, a savepoint from which the behaviour job starts out. */
@Command(
    name = "bootstrap",
    mixinStandardHelpOptions = true,
    description = {
      "Builds the starting state of the behaviour job from files of tracking events, as a"
          + " savepoint: what the job would know if it had read them from Kafka. It goes on from"
          + " there with '"
          + COMMANDS
          + "submit behavior --from SAVEPOINT', in Kafka from the time at which history"
          + " ends; what is in both is found to be a duplicate.",
      "What history would have triggered is judged, counts for cooldown and caps, and is not sent."
          + " What fell due between the end of history and the job's start is sent only as far as"
          + " it is still valid by the clock on the wall.",
      "The broker must be reachable: the savepoint says, partition by partition, where to read on."
    })
public final class BootstrapCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files of history, plain or gzipped (.gz), in any order, or directories of them.")
  private List<Path> inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "SAVEPOINT",
      description =
          "The savepoint: a new or empty directory. Its disk holds a sorted copy of the input and"
              + " the state meanwhile.")
  private Path out;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "The event time at which history ends, such as 2024-03-01T10:00:00+08:00 or epoch"
              + " milliseconds [that of the last event]. Choose one up to which the files are"
              + " complete.")
  private String asOf;

  @Option(
      names = "--start-from",
      paramLabel = "TIME",
      description =
          "Records of tracking-events that the broker dates to this time or later are read"
              + " afterwards [an hour before as-of]. Not after as-of, and within dedup.window"
              + " before it.")
  private String startFrom;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings (YAML), laid over the defaults: those that the job will have [those that lead"
              + " to the broker of scripts/cluster].")
  private Path config;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Trigger rules, a file or a directory: those that the job will have [config/rules]. A"
              + " rule with an activated_at opens nothing before it, as in the job.")
  private Path rulePath;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Parts that run at once here, 1 to 16 [the number of cores, at most 4]. The job may have"
              + " any other.")
  private String parallelism;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BootstrapRequest request = request();
    ReplayCommand.warn(request.rules().warnings(), spec.commandLine().getErr());
    BootstrapSummary summary;
    try (Progress progress = Progress.onStandardError()) {
      summary = new Bootstrap(request, progress).run();
    }
    PrintWriter standardOut = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    summary.print(standardOut);
    standardOut.println("Go on with: " + continuation(request.out().path()));
    standardOut.flush();
    summary.warnings().forEach(err::println);
    List<String> contradictions = summary.contradictions();
    contradictions.forEach(
        contradiction -> err.println("The counts don't add up: " + contradiction));
    return contradictions.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private String continuation(Path savepoint) {
    StringBuilder command =
        new StringBuilder(Installation.command("submit") + " behavior --from " + savepoint);
    if (config != null) {
      command.append(" --config ").append(config);
    }
    if (rulePath != null) {
      command.append(" --rules ").append(rulePath);
    }
    return command.toString();
  }

  /** Looks at everything before anything is begun, so that all that is wrong is told at once. */
  private BootstrapRequest request() {
    Problems problems = new Problems();
    List<Path> files = InputFiles.find(inputs, problems);
    SavepointFolder folder = new SavepointFolder(out);
    folder.check(problems);
    Instant end = asOf == null ? null : ReplayCommand.asOf(asOf, problems);
    Instant start =
        startFrom == null ? null : ReplayCommand.time("--start-from", startFrom, problems);
    int parts = ReplayCommand.parallelism(parallelism, problems);
    DeploymentSettings settings =
        ReplayCommand.take(() -> ReplayCommand.checked(SettingsResolver.read(config)), problems);
    Path rulesFrom = rulePath == null ? Installation.current().rules() : rulePath;
    RuleSet rules = ReplayCommand.take(() -> rules(rulesFrom, settings), problems);
    if (start != null && settings != null) {
      checkStart(start, end, settings.domain().dedup().window(), problems);
    }
    problems.throwIfAny();
    return new BootstrapRequest(files, folder, end, start, settings, rules, parts);
  }

  /** As the job reads them. */
  private static RuleSet rules(Path path, DeploymentSettings settings) {
    RuleSet rules = RuleReader.read(path);
    if (settings != null) {
      SegmentCheck.check(path.toString(), rules, settings.domain().rfm().segmentNames());
    }
    return rules;
  }

  private void checkStart(Instant start, Instant end, Duration window, Problems problems) {
    if (end == null) {
      ReplayCommand.argument(
          problems, "--start-from", startFrom, "needs --as-of, which it is measured by");
    } else if (start.isAfter(end) || start.isBefore(end.minus(window))) {
      ReplayCommand.argument(
          problems,
          "--start-from",
          startFrom,
          String.format(
              Locale.ROOT,
              "is not allowed; allowed: from %s, as far as duplicates are found, to %s, which is"
                  + " as-of",
              end.minus(window),
              end));
    }
  }
}
