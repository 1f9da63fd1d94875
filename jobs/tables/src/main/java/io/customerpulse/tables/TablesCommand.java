package io.customerpulse.tables;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.config.ConfigurationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The arguments of the tables job. */
@Command(
    name = "tables-job",
    description = "Topics in, tables out.",
    mixinStandardHelpOptions = true)
final class TablesCommand {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over the defaults.")
  private Path config;

  private DeploymentSettings settings;

  /**
   * Reads the arguments and the file they name.
   *
   * @return the code to end with, after a word why; empty if all is well
   */
  OptionalInt read(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(this).setOut(out).setErr(err);
    try {
      line.parseArgs(args);
      if (CommandLine.printHelpIfRequested(line.getParseResult())) {
        return OptionalInt.of(ExitCode.OK);
      }
      settings =
          config == null
              ? DeploymentSettingsReader.defaults()
              : new DeploymentSettingsReader(System::getenv).read(config);
      if (BoundedRun.isIn(settings.tables())) {
        // The next replay or demo replaces all that is there.
        err.println(
            "tables.warehouse: "
                + settings.tables().warehouse()
                + " holds the tables of a replay or demo; allowed: any other, or remove it");
        return OptionalInt.of(ExitCode.USAGE);
      }
      return OptionalInt.empty();
    } catch (ParameterException | ConfigurationException e) {
      err.println(e.getMessage());
      return OptionalInt.of(ExitCode.USAGE);
    }
  }

  DeploymentSettings settings() {
    return settings;
  }
}
