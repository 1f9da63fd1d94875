package io.customerpulse.history.convert;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text that one or several columns of a row hold.
 *
 * @param joint stands between the cells of several columns
 * @param words cell → the text it stands for; empty to take cells as they are
 * @param fallback for empty cells; null for none
 */
record Cells(List<String> columns, String joint, Map<String, String> words, String fallback) {

  /** The text; null if the first column is empty and there is no fallback. */
  String read(Row row) throws RowRefusedException {
    String first = row.cell(columns.get(0));
    if (first.isEmpty()) {
      return fallback;
    }
    if (!words.isEmpty()) {
      String word = words.get(first);
      if (word == null) {
        throw RowRefusedException.cell(name(), first, String.join(", ", words.keySet()));
      }
      return word;
    }
    return columns.stream().map(row::cell).collect(Collectors.joining(joint));
  }

  String name() {
    return String.join(joint, columns);
  }
}
