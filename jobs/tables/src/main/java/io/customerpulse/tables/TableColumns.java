package io.customerpulse.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** The columns of a table: the fields of its records, and what is added for those who ask. */
final class TableColumns {
  static final String DAY = "day";
  static final String MONTH = "month";
  static final String FIRST_ORDER_DAY = "first_order_day";
  static final String LAST_ORDER_DAY = "last_order_day";
  static final String APP_ID = "app_id";
  static final String OUTCOME = "outcome";
  static final String OUTCOME_AT = "outcome_at";
  static final String CANCEL_REASON = "cancel_reason";
  static final String CONVERSIONS = "conversions";
  static final String FIRST_CONVERSION_ORDER_ID = "first_order_id";
  static final String FIRST_CONVERSION_AT = "first_order_at";
  static final String REVENUE_MINOR = "revenue_minor";
  static final String LIFT_CONVERTED = "lift_converted";

  /** Of a FIRE's row every action is FIRE. */
  private static final Set<String> LEFT_OUT_OF_TRIGGERS = Set.of("action");

  private static final LogicalType TEXT = VarCharType.STRING_TYPE;
  private static final LogicalType DATE = new DateType();
  private static final LogicalType INSTANT = new LocalZonedTimestampType(3);

  /** A column. */
  record Column(String name, LogicalType type, String comment) {}

  private TableColumns() {}

  /** All columns, the added ones last, so that a new field stands where it stands in the record. */
  static List<Column> of(OutputTable table) {
    List<Column> columns = new ArrayList<>();
    for (Schema.Field field : recordFields(table)) {
      columns.add(new Column(field.name(), AvroColumns.typeOf(field.schema()), field.doc()));
    }
    columns.addAll(added(table));
    return columns;
  }

  /** The fields of the table's records that are columns. */
  static List<Schema.Field> recordFields(OutputTable table) {
    return table.schema().getFields().stream()
        .filter(
            field -> table != OutputTable.TRIGGERS || !LEFT_OUT_OF_TRIGGERS.contains(field.name()))
        .toList();
  }

  static RowType rowType(OutputTable table) {
    return new RowType(
        of(table).stream()
            .map(column -> new RowType.RowField(column.name(), nullable(table, column)))
            .toList());
  }

  /** A key is never null. */
  private static LogicalType nullable(OutputTable table, Column column) {
    return column.type().copy(!table.key().contains(column.name()));
  }

  private static List<Column> added(OutputTable table) {
    return switch (table) {
      case BEHAVIOR_EVENTS -> List.of(day("the event"));
      case LIFECYCLE_TRANSITIONS -> List.of(day("the change"), month());
      case TRIGGER_OUTCOMES -> List.of(day("the outcome"), month());
      case CUSTOMER_PROFILES ->
          List.of(
              new Column(FIRST_ORDER_DAY, DATE, "Day of first_order_at in the tenant's zone."),
              new Column(LAST_ORDER_DAY, DATE, "Day of last_order_at in the tenant's zone."));
      case TRIGGERS ->
          List.of(
              day("firing"),
              new Column(APP_ID, TEXT, "The app of the evidence; null where it has none."),
              new Column(
                  OUTCOME, TEXT, "CANCELLED before CONVERTED; null while neither has happened."),
              new Column(OUTCOME_AT, INSTANT, "When the latest outcome happened."),
              new Column(CANCEL_REASON, TEXT, "What proved a cancelled one wrong."),
              new Column(CONVERSIONS, new IntType(), "Orders that it converted; null for none."),
              new Column(FIRST_CONVERSION_ORDER_ID, TEXT, "The earliest of them."),
              new Column(FIRST_CONVERSION_AT, INSTANT, "When the earliest of them was made."),
              new Column(
                  REVENUE_MINOR,
                  new BigIntType(),
                  "Sum of what of their amounts is attributed to this trigger, in minor units of"
                      + " the tenant's currency."),
              new Column(
                  LIFT_CONVERTED,
                  new BooleanType(),
                  "Whether one of them counts for the rule's lift."));
      case CUSTOMER_REDIRECTS, RFM_CUT_POINTS -> List.of();
    };
  }

  private static Column day(String of) {
    return new Column(DAY, DATE, "Day of " + of + " in the tenant's zone.");
  }

  private static Column month() {
    return new Column(MONTH, TEXT, "Month of day, such as 2024-03.");
  }
}
