package io.customerpulse.runtime.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader behind a {@link SplitGate}. Its checkpoints hold each topic's id, and a position
 * that has been read to the end of its log as that end: what lies between are markers of
 * transactions, and when retention has deleted those, nothing is lost.
 */
@SuppressWarnings("try") // Flink's own interface lets close() throw anything.
final class GatedReader<T> extends ForwardingReader<T> {
  private final OffsetTrackingDeserializer<T> tracking;
  private final SplitGate gate;
  private final BrokerThread watcher;

  /**
   * @param delegate records through {@code tracking}
   * @param watcher looks through the gate; it begins and ends with the reader
   */
  GatedReader(
      SourceReader<T, KafkaPartitionSplit> delegate,
      OffsetTrackingDeserializer<T> tracking,
      SplitGate gate,
      BrokerThread watcher) {
    super(delegate);
    this.tracking = tracking;
    this.gate = gate;
    this.watcher = watcher;
  }

  @Override
  public void start() {
    super.start();
    watcher.start();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    gate.hold(splits);
    watcher.lookNow();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (gate.wakeUp().isDone()) {
      List<IdentifiedSplit> admitted = gate.take();
      admitted.forEach(
          split ->
              tracking.track(
                  new SplitProgress(
                      split.splitId(), split.getTopicPartition(), split.getStartingOffset())));
      if (!admitted.isEmpty()) {
        super.addSplits(List.copyOf(admitted));
      }
    }
    return super.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = super.isAvailable();
    CompletableFuture<Void> admitted = gate.wakeUp();
    return either(records, admitted);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return gate.withHeld(
        super.snapshotState(checkpointId).stream()
            .<KafkaPartitionSplit>map(
                split ->
                    IdentifiedSplit.of(split)
                        .at(
                            tracking
                                .split(split.getTopicPartition())
                                .pastMarkers(split.getStartingOffset())))
            .toList());
  }

  @Override
  public void close() throws Exception {
    watcher.stop();
    super.close();
  }
}
