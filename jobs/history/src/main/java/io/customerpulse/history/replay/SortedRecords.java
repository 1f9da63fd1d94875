package io.customerpulse.history.replay;

import io.customerpulse.history.replay.sort.MergedRuns;
import io.customerpulse.history.replay.sort.TimedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.java.tuple.Tuple3;

/** The records of sorted runs as (file number, line, bytes), and how far event time has come. */
final class SortedRecords implements BootstrapSource.Cursor<Tuple3<Integer, Long, byte[]>> {
  private final MergedRuns merged;
  private final int watermarkEvery;
  private long timeMillis = TimedRecord.NO_TIME;
  private int sinceWatermark;

  /**
   * Opens the runs.
   *
   * @param runs paths
   * @param watermarkEvery see {@link SortedRecordsSource}
   */
  SortedRecords(List<String> runs, int watermarkEvery) throws IOException {
    this.merged = new MergedRuns(runs.stream().map(Path::of).toList());
    this.watermarkEvery = watermarkEvery;
  }

  @Override
  public boolean emitNext(ReaderOutput<Tuple3<Integer, Long, byte[]>> output) throws IOException {
    TimedRecord record = merged.next();
    if (record == null) {
      return false;
    }
    if (record.timeMillis() > timeMillis && sinceWatermark >= watermarkEvery) {
      output.emitWatermark(new Watermark(record.timeMillis() - 1));
      sinceWatermark = 0;
    }
    timeMillis = record.timeMillis();
    sinceWatermark++;
    output.collect(Tuple3.of(record.file(), record.line(), record.bytes()), timeMillis);
    return true;
  }

  @Override
  public void close() throws IOException {
    merged.close();
  }
}
