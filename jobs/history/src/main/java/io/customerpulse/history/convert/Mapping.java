package io.customerpulse.history.convert;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the rows of a log become tracking events.
 *
 * @param event what every event has: field → source
 * @param column whose cell says what sort of row it is; null where all rows are of one sort
 * @param sorts cell → the sort of row
 * @param otherwise the sort of rows whose cell is not among them; null to refuse those
 */
record Mapping(
    Csv csv, Map<String, Source> event, String column, Map<String, Sort> sorts, Sort otherwise) {

  /**
   * How the file is written.
   *
   * @param columns the names of the columns; empty where the first line says them
   * @param quote null where nothing is quoted
   */
  record Csv(List<String> columns, char separator, Character quote, Charset charset) {}

  /**
   * What becomes of rows of one sort.
   *
   * @param type of the event; null for rows that become none
   * @param line the line of the cart or order that a row gives; empty for none
   * @param amount what a row adds to the amount of its order; null where it is a property
   * @param groupBy columns: rows that agree in all of them are one event; empty for an event per
   *     row
   */
  record Sort(
      String type,
      Map<String, Source> properties,
      Map<String, Source> attributes,
      Map<String, Source> line,
      RowAmount amount,
      List<String> groupBy) {
    static final Sort IGNORED = new Sort(null, Map.of(), Map.of(), Map.of(), null, List.of());
  }

  /** The sort of a row. */
  Sort sortOf(Row row) throws RowRefusedException {
    if (column == null) {
      return otherwise;
    }
    Sort sort = sorts.getOrDefault(row.cell(column), otherwise);
    if (sort == null) {
      Set<String> allowed = sorts.keySet();
      throw RowRefusedException.cell(column, row.cell(column), String.join(", ", allowed));
    }
    return sort;
  }
}
