package io.customerpulse.domain.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of a document. */
public final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();

  /** A table without rows. */
  public MarkdownTable(String... heads) {
    row(heads);
    row(Collections.nCopies(heads.length, "---").toArray(String[]::new));
  }

  public MarkdownTable row(String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
    return this;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
