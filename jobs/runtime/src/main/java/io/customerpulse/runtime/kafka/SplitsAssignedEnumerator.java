package io.customerpulse.runtime.kafka;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's enumerator, and word to each reader once it has its splits. Without that word a reader
 * that is still waiting for its first split and one that never gets any look the same; the first
 * must hold time back, the second must not.
 */
final class SplitsAssignedEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> delegate;
  private final SplitsAssignedContext context;

  /**
   * @param delegate made with {@code context}
   */
  SplitsAssignedEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> delegate,
      SplitsAssignedContext context) {
    this.delegate = delegate;
    this.context = context;
  }

  @Override
  public void start() {
    delegate.start();
  }

  @Override
  public void addReader(int subtaskId) {
    delegate.addReader(subtaskId);
    context.readerServed(subtaskId);
  }

  @Override
  public void handleSplitRequest(int subtaskId, String requesterHostname) {
    delegate.handleSplitRequest(subtaskId, requesterHostname);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
    delegate.addSplitsBack(splits, subtaskId);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    return delegate.snapshotState(checkpointId);
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
  public void handleSourceEvent(int subtaskId, SourceEvent event) {
    delegate.handleSourceEvent(subtaskId, event);
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
