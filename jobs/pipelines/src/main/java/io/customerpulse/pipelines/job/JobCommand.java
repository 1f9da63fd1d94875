package io.customerpulse.pipelines.job;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.pipelines.ingest.TrackingRecordReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      description = "Trigger rules: a file or a directory [${DEFAULT-VALUE}].")
  private Path rulePath;

  private Settings settings;
  private RuleSet rules;

  private JobCommand() {}

  /** Reads the arguments and the files they name, or ends the process with a word why not. */
  static JobCommand parse(String... args) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    JobCommand command = new JobCommand();
    CommandLine line = new CommandLine(command).setOut(out).setErr(err);
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      System.exit(WRONG_USE);
    }
    if (CommandLine.printHelpIfRequested(line.getParseResult())) {
      System.exit(0);
    }
    List<String> problems = command.read();
    if (!problems.isEmpty()) {
      problems.forEach(err::println);
      System.exit(WRONG_USE);
    }
    return command;
  }

  Settings settings() {
    return settings;
  }

  RuleSet rules() {
    return rules;
  }

  private List<String> read() {
    List<String> problems = new ArrayList<>();
    try {
      settings =
          config == null
              ? SettingsReader.defaults()
              : new SettingsReader(System::getenv).read(config);
      TrackingRecordReader.phoneHasher(settings);
    } catch (ConfigurationException | IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    try {
      rules = RuleReader.read(rulePath);
    } catch (ConfigurationException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }
}
