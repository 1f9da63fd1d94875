package io.customerpulse.tables;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerEvidence;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * Rows of {@link OutputTable#TRIGGERS}. None is whole: what a FIRE, a cancellation and the orders
 * say stands in columns of their own, and the table lays the rows of one trigger over each other.
 */
final class TriggerRows {
  private static final Set<String> OF_WHAT_BECOMES_OF_IT =
      Set.of(
          TableColumns.OUTCOME,
          TableColumns.OUTCOME_AT,
          TableColumns.CANCEL_REASON,
          TableColumns.CONVERSIONS,
          TableColumns.FIRST_CONVERSION_ORDER_ID,
          TableColumns.FIRST_CONVERSION_AT,
          TableColumns.REVENUE_MINOR,
          TableColumns.LIFT_CONVERTED);

  private final TableRows rows;

  TriggerRows(Settings settings) {
    this.rows = new TableRows(OutputTable.TRIGGERS, settings);
  }

  /** Whether a column is what the FIRE says. */
  static boolean isOfTheFire(String column) {
    return !OF_WHAT_BECOMES_OF_IT.contains(column);
  }

  GenericRowData fire(MarketingTriggerRecord record) {
    GenericRowData row = rows.row(record);
    TriggerEvidence evidence = record.getEvidence();
    if (evidence != null && evidence.getAppId() != null) {
      rows.set(row, TableColumns.APP_ID, StringData.fromString(evidence.getAppId()));
    }
    return row;
  }

  GenericRowData cancelled(TriggerOutcomeRecord record) {
    GenericRowData row = outcome(record);
    if (record.getReason() != null) {
      rows.set(row, TableColumns.CANCEL_REASON, StringData.fromString(record.getReason()));
    }
    return row;
  }

  /** Of one order; {@link ConversionFunction} makes one of all orders out of it. */
  GenericRowData converted(TriggerOutcomeRecord record) {
    GenericRowData row = outcome(record);
    set(
        row,
        Conversions.of(
            Set.of(
                new Conversions.Order(
                    record.getOrderId(),
                    record.getAt().toEpochMilli(),
                    record.getRevenueMinor(),
                    record.getLiftConverted()))));
    return row;
  }

  /** What tells one trigger from all others. */
  static String keyOf(RowData row, int tenant, int trigger) {
    return row.getString(tenant) + ":" + row.getString(trigger);
  }

  int position(String column) {
    return rows.position(column);
  }

  /** The one order of a row of {@link #converted}. */
  Conversions.Order orderOf(RowData row) {
    return new Conversions.Order(
        row.getString(position(TableColumns.FIRST_CONVERSION_ORDER_ID)).toString(),
        row.getTimestamp(position(TableColumns.FIRST_CONVERSION_AT), 3).getMillisecond(),
        row.getLong(position(TableColumns.REVENUE_MINOR)),
        row.getBoolean(position(TableColumns.LIFT_CONVERTED)));
  }

  /** The row of a conversion, with all orders in place of its own. */
  RowData with(RowData row, Conversions conversions) {
    GenericRowData all =
        rows.bare(
            row.getString(position("tenant_id")).toString(),
            row.getString(position("trigger_id")).toString());
    rows.set(all, TableColumns.OUTCOME, row.getString(position(TableColumns.OUTCOME)));
    rows.set(all, TableColumns.OUTCOME_AT, row.getTimestamp(position(TableColumns.OUTCOME_AT), 3));
    set(all, conversions);
    return all;
  }

  private GenericRowData outcome(TriggerOutcomeRecord record) {
    GenericRowData row = rows.bare(record.getTenantId(), record.getTriggerId());
    rows.set(row, TableColumns.OUTCOME, StringData.fromString(record.getOutcome().name()));
    rows.set(row, TableColumns.OUTCOME_AT, TimestampData.fromInstant(record.getAt()));
    return row;
  }

  private void set(GenericRowData row, Conversions conversions) {
    Conversions.Order first = conversions.first();
    rows.set(row, TableColumns.CONVERSIONS, conversions.orders());
    rows.set(row, TableColumns.FIRST_CONVERSION_ORDER_ID, StringData.fromString(first.orderId()));
    rows.set(
        row, TableColumns.FIRST_CONVERSION_AT, TimestampData.fromEpochMillis(first.atMillis()));
    rows.set(row, TableColumns.REVENUE_MINOR, conversions.revenueMinor());
    rows.set(row, TableColumns.LIFT_CONVERTED, conversions.liftConverted());
  }
}
