package io.customerpulse.client.cli;

import io.customerpulse.behavior.settings.DeploymentSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of commands that want settings for the way to the broker. */
public final class BrokerSettings {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings with the broker; default: those of a kept demo, else of scripts/cluster, else"
              + " the defaults.")
  private Path config;

  /** Those that are named, or the nearest. */
  public DeploymentSettings read() {
    return SettingsResolver.read(config);
  }
}
