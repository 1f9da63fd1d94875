package io.customerpulse.history.convert;

import io.customerpulse.domain.ingest.Characters;
import java.util.List;

/**
 * One row of a CSV file.
 *
 * @param number from 1, over all files read: the order of events that happen at the same time
 * @param line of the file, from 1
 * @param cells empty where there is a flaw
 * @param flaw what is wrong with its text, so that it has no cells; null where nothing is
 */
record Row(String file, long line, long number, Header header, List<String> cells, String flaw) {

  /** The cell of a column that exists, without the blanks around it; empty for none. */
  String cell(String column) {
    return Characters.strip(cells.get(header.place(column)));
  }
}
