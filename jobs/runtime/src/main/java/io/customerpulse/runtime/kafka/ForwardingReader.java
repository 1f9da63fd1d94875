package io.customerpulse.runtime.kafka;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** A reader that leaves everything to another one; a subclass says what it adds. */
@SuppressWarnings("try") // Flink's own interface lets close() throw anything.
abstract class ForwardingReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private final SourceReader<T, KafkaPartitionSplit> delegate;
  private CompletableFuture<Void> one;
  private CompletableFuture<Void> other;
  private CompletableFuture<Void> either;

  ForwardingReader(SourceReader<T, KafkaPartitionSplit> delegate) {
    this.delegate = delegate;
  }

  @Override
  public void start() {
    delegate.start();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    delegate.addSplits(splits);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    return delegate.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return delegate.isAvailable();
  }

  /**
   * Done as soon as one of both is. While they are the same ones, so is it: each new one would hang
   * on them until they are done, which those of an idle reader never are.
   */
  CompletableFuture<Void> either(CompletableFuture<Void> records, CompletableFuture<Void> own) {
    if (records.isDone() || own.isDone()) {
      return CompletableFuture.completedFuture(null);
    }
    if (either == null || either.isDone() || records != one || own != other) {
      one = records;
      other = own;
      either = CompletableFuture.anyOf(records, own).thenRun(() -> {});
    }
    return either;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return delegate.snapshotState(checkpointId);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    delegate.handleSourceEvents(event);
  }

  @Override
  public void notifyNoMoreSplits() {
    delegate.notifyNoMoreSplits();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    delegate.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    delegate.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<String> splitsToPause, Collection<String> splitsToResume) {
    delegate.pauseOrResumeSplits(splitsToPause, splitsToResume);
  }

  @Override
  public void close() throws Exception {
    delegate.close();
  }
}
