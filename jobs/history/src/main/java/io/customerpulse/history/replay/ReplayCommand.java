package io.customerpulse.history.replay;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.SegmentCheck;
import io.customerpulse.tables.BoundedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Files of tracking events in, files of everything that follows from them out. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs files of tracking events, one JSON object per line and in any order, through the same"
          + " topologies as production, and writes what comes out into a directory: profiles,"
          + " stage transitions, triggers, outcomes, dead letters, clean events, and summary.json.",
      "Time is event time alone: it ends at as-of, and every final profile is as of then. The input"
          + " may be larger than memory; the output directory's disk holds a sorted copy meanwhile."
    })
public final class ReplayCommand implements Callable<Integer> {
  static final int MAX_PARALLELISM = 16;

  private static final int DEFAULT_PARALLELISM_LIMIT = 4;
  private static final Pattern EPOCH_MILLIS = Pattern.compile("-?\\d{1,15}");

  @Mixin private InputOptions input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where the outputs go: a new or empty directory, or one with the outputs of an earlier"
              + " replay, which are replaced.")
  private Path out;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Trigger rules: a file or a directory [config/rules]. Every rule counts as active from"
              + " the beginning.")
  private Path rulePath;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parts that run at once, 1 to 16 [the number of cores, at most 4].")
  private String parallelism;

  @Option(
      names = "--tables",
      paramLabel = "WAREHOUSE",
      description =
          "Fill the tables of a warehouse too, for "
              + COMMANDS
              + "query: a new or empty directory, or one"
              + " that an earlier replay or demo filled, which is replaced.")
  private Path tables;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReplayRequest request = request();
    warn(request.rules().warnings(), spec.commandLine().getErr());
    ReplaySummary summary;
    try (Progress progress = Progress.onStandardError()) {
      summary = new Replay(request, progress).run();
    }
    PrintWriter standardOut = spec.commandLine().getOut();
    summary.print(standardOut);
    standardOut.println("Written to " + out + ", the numbers to summary.json.");
    if (tables != null) {
      standardOut.println("Tables: " + Installation.command("query") + " --warehouse " + tables);
    }
    standardOut.flush();
    List<String> contradictions = summary.contradictions();
    contradictions.forEach(
        contradiction ->
            spec.commandLine().getErr().println("The counts don't add up: " + contradiction));
    return contradictions.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Looks at everything before anything is begun, so that all that is wrong is told at once. */
  private ReplayRequest request() {
    Problems problems = new Problems();
    List<Path> files = input.files(problems);
    OutputFolder folder = new OutputFolder(out);
    folder.check(problems);
    Instant end = input.asOf(problems);
    int parts = parallelism(parallelism, problems);
    if (tables != null && BoundedRun.isForeign(tables)) {
      argument(
          problems,
          "--tables",
          tables.toString(),
          "holds other things than the tables of a replay or demo; allowed: a new or empty"
              + " directory, or one that an earlier replay or demo filled");
    }
    DeploymentSettings settings = input.settings(problems);
    RuleSet rules =
        take(
            () -> rules(rulePath == null ? Installation.current().rules() : rulePath, settings),
            problems);
    problems.throwIfAny();
    return new ReplayRequest(files, folder, end, settings, rules, parts, tables);
  }

  /** The settings of a file, or the defaults; checked for what reading events needs. */
  static DeploymentSettings settings(Path config) {
    DeploymentSettings settings =
        config == null
            ? DeploymentSettingsReader.defaults()
            : new DeploymentSettingsReader(System::getenv).read(config);
    return checked(settings);
  }

  /** Settings that have what reading events needs. */
  static DeploymentSettings checked(DeploymentSettings settings) {
    checkPhoneKey(settings);
    return settings;
  }

  /**
   * Rules as a replay takes them.
   *
   * @param settings null where they couldn't be read
   */
  static RuleSet rules(Path path, DeploymentSettings settings) {
    RuleSet rules = RuleReader.read(path);
    if (settings != null) {
      SegmentCheck.check(path.toString(), rules, settings.domain().rfm().segmentNames());
    }
    return ReplayRequest.activeFromTheBeginning(rules);
  }

  /** Says what the filters of rules rely on without asking, which is no error. */
  static void warn(Collection<String> warnings, PrintWriter err) {
    warnings.forEach(warning -> err.println("warning: " + warning));
    err.flush();
  }

  private static void checkPhoneKey(DeploymentSettings settings) {
    try {
      TrackingRecordReader.phoneHasher(settings.domain());
    } catch (IllegalArgumentException e) {
      // The value is a secret.
      throw new ConfigurationException(
          List.of(
              new Problem(settings.domain().identity().piiKeyEnv(), 0, "", null, e.getMessage())));
    }
  }

  /** What is read; null, and the problems, where something is wrong. */
  static <T> T take(Supplier<T> reading, Problems problems) {
    try {
      return reading.get();
    } catch (ConfigurationException e) {
      e.problems().forEach(problems::add);
      return null;
    }
  }

  static Instant asOf(String asOf, Problems problems) {
    return time("--as-of", asOf, problems);
  }

  /** A time as an argument says it; null, and the problem, where it is none. */
  static Instant time(String option, String value, Problems problems) {
    try {
      Instant time =
          EPOCH_MILLIS.matcher(value).matches()
              ? Instant.ofEpochMilli(Long.parseLong(value))
              : OffsetDateTime.parse(value).toInstant();
      return time.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      argument(
          problems,
          option,
          value,
          "is no time; allowed: such as 2024-03-01T10:00:00+08:00, or epoch milliseconds");
      return null;
    }
  }

  static int parallelism(String parallelism, Problems problems) {
    if (parallelism == null) {
      return Math.min(DEFAULT_PARALLELISM_LIMIT, Runtime.getRuntime().availableProcessors());
    }
    try {
      int parts = Integer.parseInt(parallelism);
      if (parts >= 1 && parts <= MAX_PARALLELISM) {
        return parts;
      }
    } catch (NumberFormatException e) {
      // Told below, as any other wrong number.
    }
    argument(
        problems,
        "--parallelism",
        parallelism,
        "is not allowed; allowed: a whole number from 1 to " + MAX_PARALLELISM);
    return 0;
  }

  static void argument(Problems problems, String name, String value, String message) {
    problems.add(new Problem(name, 0, "", value, message));
  }
}
