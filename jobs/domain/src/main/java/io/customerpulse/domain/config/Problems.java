package io.customerpulse.domain.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong while reading goes on, so that everything can be told at once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  /** How many there are so far. */
  public int count() {
    return found.size();
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException with all problems in the order of the lines, if there is one
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      List<String> files = found.stream().map(Problem::file).distinct().toList();
      throw new ConfigurationException(
          found.stream()
              .sorted(
                  Comparator.<Problem>comparingInt(problem -> files.indexOf(problem.file()))
                      .thenComparingInt(Problem::line))
              .toList());
    }
  }
}
