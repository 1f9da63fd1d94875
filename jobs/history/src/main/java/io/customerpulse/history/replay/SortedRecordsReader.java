package io.customerpulse.history.replay;

import io.customerpulse.history.replay.SortedRecordsSource.AllRuns;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private SortedRecords records;
  private boolean noMoreSplits;

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
    if (records == null || !records.emitNext(output)) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
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
      records = new SortedRecords(runs, watermarkEvery);
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
    if (records != null) {
      records.close();
    }
  }
}
