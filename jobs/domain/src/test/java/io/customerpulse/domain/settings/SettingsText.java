package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.DocumentReader;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;

/** Settings of the domain alone, from a text. */
public final class SettingsText {
  private static final String NAME = "x.yaml";

  private SettingsText() {}

  /**
   * The defaults with a text laid over them.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  public static Settings read(String yaml) {
    Problems problems = new Problems();
    Section root = Section.root(NAME, new DocumentReader(NAME, problems).read(yaml), problems);
    Settings settings = SettingsReader.read(root);
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return settings;
  }
}
