package io.customerpulse.tables;

import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.schemas.AvroEncoding;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** The records of a table's topic → its rows; of other topics nothing. */
final class RowFunction extends RichFlatMapFunction<TopicRecord, RowData> {
  private final OutputTable table;
  private final Settings settings;
  private transient AvroEncoding<? extends SpecificRecordBase> encoding;
  private transient TableRows rows;

  RowFunction(OutputTable table, Settings settings) {
    this.table = table;
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    encoding = TopicEncodings.of(table.topic()).orElseThrow();
    rows = new TableRows(table, settings);
  }

  @Override
  public void flatMap(TopicRecord record, Collector<RowData> out) {
    if (record.topic() != table.topic()) {
      return;
    }
    if (record.isTombstone()) {
      rows.deletion(record).ifPresent(out::collect);
    } else {
      out.collect(rows.row(encoding.decode(record.value())));
    }
  }
}
