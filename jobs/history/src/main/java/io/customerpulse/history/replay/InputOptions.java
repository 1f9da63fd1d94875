package io.customerpulse.history.replay;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.history.replay.sort.InputFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;

/** Which events a command takes, up to when, and by which settings. */
public final class InputOptions {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, plain or gzipped (.gz), or directories of them.")
  private List<Path> inputs;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "The event time at which to end, such as 2024-03-01T10:00:00+08:00 or epoch milliseconds"
              + " [that of the last event].")
  private String asOf;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (YAML), laid over the defaults; config/reference.yaml shows all.")
  private Path config;

  /** The files that are meant. */
  public List<Path> files(Problems problems) {
    return InputFiles.find(inputs, problems);
  }

  /** The event time at which to end; null for that of the last event. */
  public Instant asOf(Problems problems) {
    return asOf == null ? null : ReplayCommand.asOf(asOf, problems);
  }

  /** The settings, whose key for phone numbers is looked at; null where something is wrong. */
  public DeploymentSettings settings(Problems problems) {
    return ReplayCommand.take(() -> ReplayCommand.settings(config), problems);
  }
}
