package io.customerpulse.runtime.kafka;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Sees the first assignment go out. Kafka's enumerator deals out all partitions that it discovered
 * in one go, so from then on a registered reader without a split has none for good, or until a
 * partition is added.
 */
final class SplitsAssignedContext implements SplitEnumeratorContext<KafkaPartitionSplit> {
  private final SplitEnumeratorContext<KafkaPartitionSplit> delegate;
  private boolean settled;

  /**
   * @param settled whether the first assignment lies behind already
   */
  SplitsAssignedContext(SplitEnumeratorContext<KafkaPartitionSplit> delegate, boolean settled) {
    this.delegate = delegate;
    this.settled = settled;
  }

  /** After a reader has been given its splits. */
  void readerServed(int subtaskId) {
    if (settled && delegate.registeredReaders().containsKey(subtaskId)) {
      delegate.sendEventToSourceReader(subtaskId, new SplitsAssignedEvent());
    }
  }

  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
    delegate.assignSplits(assignment);
    if (!settled) {
      settled = true;
      delegate.registeredReaders().keySet().forEach(this::readerServed);
    }
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return delegate.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
    delegate.sendEventToSourceReader(subtaskId, event);
  }

  @Override
  public void sendEventToSourceReader(int subtaskId, int attemptNumber, SourceEvent event) {
    delegate.sendEventToSourceReader(subtaskId, attemptNumber, event);
  }

  @Override
  public int currentParallelism() {
    return delegate.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return delegate.registeredReaders();
  }

  @Override
  public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
    return delegate.registeredReadersOfAttempts();
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    delegate.signalNoMoreSplits(subtask);
  }

  @Override
  public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
    delegate.callAsync(callable, handler);
  }

  @Override
  public <R> void callAsync(
      Callable<R> callable,
      BiConsumer<R, Throwable> handler,
      long initialDelayMillis,
      long periodMillis) {
    delegate.callAsync(callable, handler, initialDelayMillis, periodMillis);
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    delegate.runInCoordinatorThread(runnable);
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    delegate.setIsProcessingBacklog(isProcessingBacklog);
  }
}
