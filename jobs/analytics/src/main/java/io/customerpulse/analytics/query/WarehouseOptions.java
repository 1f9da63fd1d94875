package io.customerpulse.analytics.query;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.tables.BoundedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that asks the output tables. */
public final class WarehouseOptions {
  @Option(
      names = "--warehouse",
      paramLabel = "DIR",
      description =
          "Where the tables are: a folder or a URI [that of --config, else run/warehouse, which"
              + " scripts/demo fills, else that of scripts/cluster].")
  private String warehouse;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings with the warehouse, zones and thresholds.")
  private Path config;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** The settings, with the warehouse that is asked. */
  public DeploymentSettings settings() {
    DeploymentSettings settings =
        config == null
            ? DeploymentSettingsReader.defaults()
            : new DeploymentSettingsReader(System::getenv).read(config);
    String where = settings.tables().warehouse();
    if (warehouse != null) {
      where = warehouse;
    } else if (config == null) {
      where = nearest().toString();
    }
    return settings.withWarehouse(where);
  }

  /** What runs here without anybody's settings: a demo, or the jobs of scripts/cluster. */
  private static Path nearest() {
    Installation here = Installation.current();
    Path standard = here.run("warehouse");
    Path ofTheCluster = ClusterFolder.standard(here).warehouse();
    return Files.exists(standard) || !Files.exists(ofTheCluster) ? standard : ofTheCluster;
  }

  /**
   * What counts as the present.
   *
   * @param option names the option that gave the day
   * @param day such as 2024-03-01; null for the present, which of a bounded run's tables is its end
   */
  public Instant now(DeploymentSettings settings, String option, String day) {
    if (day == null) {
      return BoundedRun.asOf(settings.tables()).orElseGet(Instant::now);
    }
    try {
      return LocalDate.parse(day).atTime(12, 0).atZone(settings.domain().time().zone()).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + day + " is no day; allowed: such as 2024-03-01");
    }
  }

  /**
   * Opens the tables.
   *
   * @param variables of the ready queries, over those that follow from settings and present
   * @throws SqlException if there are no tables
   */
  public QuerySession open(
      DeploymentSettings settings, Instant now, Map<String, String> variables) {
    return QuerySession.open(
        settings,
        new SqlVariables(settings.domain(), now, variables),
        Installation.current().config("sql"));
  }
}
