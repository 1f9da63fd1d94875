package io.customerpulse.domain.config;

import java.util.List;
import java.util.stream.Collectors;

/** Files that a person wrote are wrong; all that is wrong with them, told at once. */
public final class ConfigurationException extends RuntimeException {
  private final List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, by file and line. */
  public List<Problem> problems() {
    return problems;
  }
}
