package io.customerpulse.client.cli;

import java.io.PrintWriter;
import java.util.List;

/** Columns of text, each as wide as its widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /** Prints rows of equally many cells. */
  public static void print(List<List<String>> rows, PrintWriter out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
