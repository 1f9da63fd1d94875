package io.customerpulse.client.submit;

import java.util.List;

/** The job's main doesn't take its settings or rules, and says why, a line for each. */
public final class JobRefusedException extends RuntimeException {
  /** With which the mains of the jobs end then. */
  static final int EXIT_CODE = 2;

  private final List<String> lines;

  JobRefusedException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
