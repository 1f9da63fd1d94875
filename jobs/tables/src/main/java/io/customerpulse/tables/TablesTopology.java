package io.customerpulse.tables;

import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.settings.Settings;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.paimon.flink.FlinkConnectorOptions;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;

/**
 * Records of topics → rows → tables, each with a writer and a committer of its own. What has been
 * written since the last checkpoint is committed with it, whole or not at all.
 */
public final class TablesTopology {
  private TablesTopology() {}

  /**
   * Adds the writers to a stream.
   *
   * @param records of all topics, in order by key; those of other topics are passed over
   * @param warehouse prepared
   * @param tables those that are written
   */
  public static void apply(
      DataStream<TopicRecord> records,
      Settings settings,
      Warehouse warehouse,
      Set<OutputTable> tables) {
    for (OutputTable table : tables) {
      DataStream<RowData> rows =
          table == OutputTable.TRIGGERS
              ? triggers(records, settings)
              : rows(table, records, settings);
      write(rows, table, warehouse);
    }
  }

  private static DataStream<RowData> rows(
      OutputTable table, DataStream<TopicRecord> records, Settings settings) {
    return records
        .flatMap(new RowFunction(table, settings))
        .returns(type(table))
        .uid(TableUids.rows(table))
        .name("Rows of " + table.tableName());
  }

  private static DataStream<RowData> triggers(DataStream<TopicRecord> records, Settings settings) {
    TriggerRows rows = new TriggerRows(settings);
    int tenant = rows.position("tenant_id");
    int trigger = rows.position("trigger_id");
    DataStream<RowData> conversions =
        records
            .flatMap(TriggerRowFunction.conversions(settings))
            .returns(type(OutputTable.TRIGGERS))
            .uid(TableUids.CONVERTED_ORDERS)
            .name("Converted orders")
            .keyBy(row -> TriggerRows.keyOf(row, tenant, trigger), Types.STRING)
            .process(new ConversionFunction(settings))
            .returns(type(OutputTable.TRIGGERS))
            .uid(TableUids.SUM_UP_CONVERSIONS)
            .name("Sum up conversions");
    return records
        .flatMap(TriggerRowFunction.firesAndCancellations(settings))
        .returns(type(OutputTable.TRIGGERS))
        .uid(TableUids.rows(OutputTable.TRIGGERS))
        .name("Rows of " + OutputTable.TRIGGERS.tableName())
        .union(conversions);
  }

  private static InternalTypeInfo<RowData> type(OutputTable table) {
    return InternalTypeInfo.of(TableColumns.rowType(table));
  }

  private static void write(DataStream<RowData> rows, OutputTable table, Warehouse warehouse) {
    new FlinkSinkBuilder(
            warehouse
                .table(table)
                .copy(Map.of(FlinkConnectorOptions.SINK_OPERATOR_UID_SUFFIX.key(), table.uid())))
        .forRowData(rows)
        .build();
  }
}
