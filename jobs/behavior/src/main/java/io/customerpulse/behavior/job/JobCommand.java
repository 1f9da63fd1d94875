package io.customerpulse.behavior.job;

import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.SegmentCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The arguments of a job, read as a whole: everything that is wrong is told at once. */
@Command(
    name = "behavior-job",
    description = "Tracking events in; profiles, transitions and triggers out.",
    mixinStandardHelpOptions = true)
final class JobCommand {
  /** Exit code for wrong use. */
  private static final int WRONG_USE = 2;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over the defaults.")
  private Path config;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      defaultValue = "config/rules",
      description =
          "Trigger rules: a file or a directory [${DEFAULT-VALUE}]. What is published of a rule of"
              + " the same id comes before them.")
  private Path rulePath;

  private DeploymentSettings settings;
  private RuleSet rules;

  /**
   * Reads the arguments and the files they name.
   *
   * @return the code to end with, after a word why; empty if all is well
   */
  OptionalInt read(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(this).setOut(out).setErr(err);
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      return OptionalInt.of(WRONG_USE);
    }
    if (CommandLine.printHelpIfRequested(line.getParseResult())) {
      return OptionalInt.of(0);
    }
    List<String> problems = readFiles();
    problems.forEach(err::println);
    if (problems.isEmpty()) {
      rules.warnings().forEach(warning -> err.println("warning: " + warning));
    }
    return problems.isEmpty() ? OptionalInt.empty() : OptionalInt.of(WRONG_USE);
  }

  DeploymentSettings settings() {
    return settings;
  }

  RuleSet rules() {
    return rules;
  }

  private List<String> readFiles() {
    List<String> problems = new ArrayList<>();
    try {
      settings =
          config == null
              ? DeploymentSettingsReader.defaults()
              : new DeploymentSettingsReader(System::getenv).read(config);
      TrackingRecordReader.phoneHasher(settings.domain());
    } catch (ConfigurationException | IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    try {
      rules = RuleReader.read(rulePath);
      if (settings != null) {
        SegmentCheck.check(rulePath.toString(), rules, settings.domain().rfm().segmentNames());
      }
    } catch (ConfigurationException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }
}
