package io.customerpulse.local.convert;

import io.customerpulse.domain.ingest.Characters;
import java.util.List;
import java.util.Map;

/**
 * One row of a CSV file.
 *
 * @param number from 1, over all files read: the order of events that happen at the same time
 * @param line of the file, from 1
 * @param columns column → place in the cells
 */
record Row(String file, long line, long number, Map<String, Integer> columns, List<String> cells) {

  /** The cell of a column that exists, without the blanks around it; empty for none. */
  String cell(String column) {
    return Characters.strip(cells.get(columns.get(column)));
  }
}
