package io.customerpulse.local.replay;

import io.customerpulse.local.replay.SortedRecordsSource.AllRuns;
import io.customerpulse.local.replay.sort.MergedRuns;
import io.customerpulse.local.replay.sort.TimedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.io.InputStatus;

/** Emits the records of the merged runs, and how far event time has come. */
final class SortedRecordsReader implements SourceReader<Tuple3<Integer, Long, byte[]>, AllRuns> {
  private final List<String> runs;
  private final int watermarkEvery;
  private final SourceReaderContext context;
  private final CompletableFuture<Void> available = new CompletableFuture<>();
  private MergedRuns merged;
  private boolean noMoreSplits;
  private long timeMillis = TimedRecord.NO_TIME;
  private int sinceWatermark;

  SortedRecordsReader(List<String> runs, int watermarkEvery, SourceReaderContext context) {
    this.runs = runs;
    this.watermarkEvery = watermarkEvery;
    this.context = context;
  }

  @Override
  public void start() {
    context.sendSplitRequest();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Tuple3<Integer, Long, byte[]>> output)
      throws IOException {
    TimedRecord record = merged == null ? null : merged.next();
    if (record == null) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (record.timeMillis() > timeMillis && sinceWatermark >= watermarkEvery) {
      output.emitWatermark(new Watermark(record.timeMillis() - 1));
      sinceWatermark = 0;
    }
    timeMillis = record.timeMillis();
    sinceWatermark++;
    output.collect(Tuple3.of(record.file(), record.line(), record.bytes()), timeMillis);
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<AllRuns> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<AllRuns> splits) {
    try {
      merged = new MergedRuns(runs.stream().map(Path::of).toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void close() throws IOException {
    if (merged != null) {
      merged.close();
    }
  }
}
