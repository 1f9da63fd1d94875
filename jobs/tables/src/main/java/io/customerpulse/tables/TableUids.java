package io.customerpulse.tables;

/**
 * The names under which savepoints of the tables job know operators and their state. They never
 * change. Each table has its operators besides: {@code rows-TABLE}, and those of its writer, which
 * end with the table's name.
 */
final class TableUids {
  static final String READ_TOPICS = "read-topics";
  static final String CONVERTED_ORDERS = "converted-orders";
  static final String SUM_UP_CONVERSIONS = "sum-up-conversions";

  /** State of {@link #SUM_UP_CONVERSIONS}: per trigger, the orders by id. */
  static final String ORDERS_STATE = "orders";

  private static final String ROWS = "rows-";

  private TableUids() {}

  static String rows(OutputTable table) {
    return ROWS + table.uid();
  }
}
