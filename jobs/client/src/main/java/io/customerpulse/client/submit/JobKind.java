package io.customerpulse.client.submit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The jobs of the product. */
public enum JobKind {
  /** Tracking events in; profiles, transitions and triggers out. */
  BEHAVIOR("Customer Pulse: behaviour", "io.customerpulse.behavior.job.BehaviorJob", true),

  /** Topics in, output tables out. */
  TABLES("Customer Pulse: tables", "io.customerpulse.tables.TablesJob", false);

  private final String flinkName;
  private final String mainClass;
  private final boolean takesRules;

  JobKind(String flinkName, String mainClass, boolean takesRules) {
    this.flinkName = flinkName;
    this.mainClass = mainClass;
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
}
