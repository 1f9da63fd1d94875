package io.customerpulse.client.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The jobs of the product. */
public enum JobKind {
  /** Tracking events in; profiles, transitions and triggers out. */
  BEHAVIOR(
      "Customer Pulse: behaviour",
      "io.customerpulse.behavior.job.BehaviorJob",
      "jobs/behavior",
      true),

  /** Topics in, output tables out. */
  TABLES("Customer Pulse: tables", "io.customerpulse.tables.TablesJob", "jobs/tables", false);

  private static final String JAR = "*-jobs.jar";

  private final String flinkName;
  private final String mainClass;
  private final String module;
  private final boolean takesRules;

  JobKind(String flinkName, String mainClass, String module, boolean takesRules) {
    this.flinkName = flinkName;
    this.mainClass = mainClass;
    this.module = module;
    this.takesRules = takesRules;
  }

  /** As commands call it. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As Flink shows it: the job of that name on a cluster is this one. */
  public String flinkName() {
    return flinkName;
  }

  /** What the jar is started with. */
  public String mainClass() {
    return mainClass;
  }

  /** Whether it is started with trigger rules. */
  boolean takesRules() {
    return takesRules;
  }

  /** The job that commands call so. */
  static Optional<JobKind> ofCommandName(String name) {
    return Arrays.stream(values()).filter(job -> job.commandName().equals(name)).findFirst();
  }

  static String commandNames() {
    return Arrays.stream(values()).map(JobKind::commandName).collect(Collectors.joining(", "));
  }

  /**
   * The jar that the build makes of it.
   *
   * @param home the repository's root
   * @throws IllegalStateException if it hasn't been built
   */
  public Path builtJar(Path home) {
    Path target = home.resolve(module).resolve("target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, JAR)) {
        for (Path jar : jars) {
          return jar;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(target + " cannot be read", e);
      }
    }
    throw new IllegalStateException("There is no " + JAR + " in " + target + ": mvn package");
  }
}
