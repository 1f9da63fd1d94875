package io.customerpulse.client.cli;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.installation.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a command that talks to a broker: those it is given, or those of what runs here.
 */
public final class SettingsResolver {
  /** Where a kept demo, and a cluster, leave the settings that lead to their broker. */
  private static final List<String> LEFT_HERE = List.of("demo/config.yaml", "cluster/config.yaml");

  private SettingsResolver() {}

  /**
   * Reads settings.
   *
   * @param config null: those of a kept demo, else of the cluster that was started here last, else
   *     the defaults
   */
  public static DeploymentSettings read(Path config) {
    if (config != null) {
      return new DeploymentSettingsReader(System::getenv).read(config);
    }
    Installation here = Installation.current();
    return LEFT_HERE.stream()
        .map(here::run)
        .filter(Files::exists)
        .findFirst()
        .map(new DeploymentSettingsReader(System::getenv)::read)
        .orElseGet(DeploymentSettingsReader::defaults);
  }
}
