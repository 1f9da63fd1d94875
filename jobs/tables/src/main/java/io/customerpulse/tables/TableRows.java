package io.customerpulse.tables;

import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/** Records → rows of one table. */
final class TableRows {
  private static final int MONTH_LENGTH = "2024-03".length();

  private final OutputTable table;
  private final Settings settings;
  private final List<Schema.Field> fields;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * For one table.
   *
   * @param settings tell the zone of a tenant, whose days these are
   */
  TableRows(OutputTable table, Settings settings) {
    this.table = table;
    this.settings = settings;
    this.fields = TableColumns.recordFields(table);
    for (TableColumns.Column column : TableColumns.of(table)) {
      positions.put(column.name(), positions.size());
    }
  }

  /** The row of a record, with the columns that follow from its own fields. */
  GenericRowData row(IndexedRecord record) {
    GenericRowData row = new GenericRowData(positions.size());
    for (int i = 0; i < fields.size(); i++) {
      Schema.Field field = fields.get(i);
      row.setField(i, AvroColumns.valueOf(field.schema(), record.get(field.pos())));
    }
    switch (table) {
      case BEHAVIOR_EVENTS -> setDay(row, TableColumns.DAY, "event_time");
      case LIFECYCLE_TRANSITIONS, TRIGGER_OUTCOMES -> {
        setDay(row, TableColumns.DAY, "at");
        setMonth(row);
      }
      case CUSTOMER_PROFILES -> {
        setDay(row, TableColumns.FIRST_ORDER_DAY, "first_order_at");
        setDay(row, TableColumns.LAST_ORDER_DAY, "last_order_at");
      }
      case TRIGGERS -> setDay(row, TableColumns.DAY, "fired_at");
      case CUSTOMER_REDIRECTS, RFM_CUT_POINTS -> {
        // What the record says is all there is.
      }
    }
    return row;
  }

  /** A row with nothing but its key. */
  GenericRowData bare(String tenantId, String id) {
    GenericRowData row = new GenericRowData(positions.size());
    set(row, table.key().get(0), StringData.fromString(tenantId));
    set(row, table.key().get(1), StringData.fromString(id));
    return row;
  }

  /**
   * The end of the row of a tombstone's key. Empty where there is no such row: a log has no keys,
   * and what somebody else has written under another key must not stop the job.
   */
  Optional<GenericRowData> deletion(TopicRecord tombstone) {
    // Ids and versions of cuts have no colon; what a tenant is called is its own business.
    int colon = tombstone.key().lastIndexOf(':');
    if (table.isLog() || colon < 0) {
      return Optional.empty();
    }
    GenericRowData row =
        bare(tombstone.key().substring(0, colon), tombstone.key().substring(colon + 1));
    row.setRowKind(RowKind.DELETE);
    return Optional.of(row);
  }

  void set(GenericRowData row, String column, Object value) {
    row.setField(position(column), value);
  }

  int position(String column) {
    return positions.get(column);
  }

  private void setDay(GenericRowData row, String column, String instantColumn) {
    TimestampData instant = (TimestampData) row.getField(position(instantColumn));
    if (instant != null) {
      String tenantId = row.getString(position("tenant_id")).toString();
      set(row, column, (int) day(tenantId, instant.toInstant()).toEpochDay());
    }
  }

  private void setMonth(GenericRowData row) {
    LocalDate day = LocalDate.ofEpochDay(row.getInt(position(TableColumns.DAY)));
    set(row, TableColumns.MONTH, StringData.fromString(day.toString().substring(0, MONTH_LENGTH)));
  }

  private LocalDate day(String tenantId, Instant instant) {
    return LocalDate.ofInstant(instant, settings.tenant(tenantId).zone());
  }
}
