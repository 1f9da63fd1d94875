package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.DocumentReader;
import io.customerpulse.domain.config.Node;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lays the keys of a YAML file over the defaults: those of the domain as {@link SettingsReader}
 * says, and those of the broker, of state and of the tables.
 */
public final class DeploymentSettingsReader {
  private final PropertiesReader properties;

  /**
   * Prepares to read settings.
   *
   * @param environment the value of an environment variable; null where there is none
   */
  public DeploymentSettingsReader(UnaryOperator<String> environment) {
    properties = new PropertiesReader(environment);
  }

  /** What holds where nobody sets anything. */
  public static DeploymentSettings defaults() {
    return new DeploymentSettingsReader(variable -> null)
        .read("", Optional.empty(), new Problems());
  }

  /** All keys, in the order of the reference. */
  public static List<SectionKeys> keys() {
    List<SectionKeys> keys = new ArrayList<>(SettingsReader.keys());
    keys.addAll(List.of(KafkaKeys.KAFKA, KafkaKeys.TOPICS, StateKeys.STATE, TablesKeys.TABLES));
    return List.copyOf(keys);
  }

  /**
   * The defaults with a file laid over them.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  public DeploymentSettings read(Path file) {
    Problems problems = new Problems();
    return read(file.toString(), DocumentReader.read(file, problems), problems);
  }

  /**
   * The defaults with a text laid over them.
   *
   * @param name how problems call the text
   * @throws ConfigurationException with everything that is wrong in it
   */
  public DeploymentSettings read(String name, String yaml) {
    Problems problems = new Problems();
    return read(name, new DocumentReader(name, problems).read(yaml), problems);
  }

  private DeploymentSettings read(String name, Optional<Node> document, Problems problems) {
    problems.throwIfAny();
    Section root = Section.root(name, document, problems);
    DeploymentSettings settings =
        new DeploymentSettings(
            SettingsReader.read(root),
            KafkaKeys.read(root, properties),
            StateKeys.read(root),
            TablesKeys.read(root, properties));
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return settings;
  }
}
