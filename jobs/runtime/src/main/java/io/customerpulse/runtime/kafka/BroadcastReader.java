package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader, and word, once, that each of its splits has been read to an end that its log had
 * after reading began.
 */
@SuppressWarnings("try") // Flink's own interface lets close() throw anything.
final class BroadcastReader extends ForwardingReader<BroadcastRecord> {
  private final OffsetTrackingDeserializer<BroadcastRecord> tracking;
  private final EndOffsetUpdates updates;
  private final SplitGate gate;
  private final Set<SplitProgress> readToEnd = new HashSet<>();
  private boolean assignmentSettled;
  private boolean endTold;

  /**
   * @param delegate records through {@code tracking}
   * @param gate through which the reader's splits go
   */
  BroadcastReader(
      SourceReader<BroadcastRecord, KafkaPartitionSplit> delegate,
      OffsetTrackingDeserializer<BroadcastRecord> tracking,
      EndOffsetUpdates updates,
      SplitGate gate) {
    super(delegate);
    this.tracking = tracking;
    this.updates = updates;
    this.gate = gate;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<BroadcastRecord> output) throws Exception {
    if (endTold) {
      return super.pollNext(output);
    }
    if (updates.wakeUp().isDone()) {
      for (EndReading reading : updates.take()) {
        if (reading.split().aim(reading.wallMillis(), reading.neededPosition())) {
          readToEnd.add(reading.split());
        }
      }
    }
    InputStatus status = super.pollNext(output);
    if (tracking.takeGoalReached()) {
      tracking.splits().stream().filter(SplitProgress::isGoalReached).forEach(readToEnd::add);
    }
    tellEnd(output);
    return status;
  }

  private void tellEnd(ReaderOutput<BroadcastRecord> output) {
    List<SplitProgress> splits = tracking.splits();
    if (assignmentSettled
        && !splits.isEmpty()
        && readToEnd.containsAll(splits)
        && !gate.hasUnread()) {
      output.collect(BroadcastRecord.endOfLog());
      endTold = true;
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = super.isAvailable();
    CompletableFuture<Void> readings = updates.wakeUp();
    return endTold ? records : either(records, readings);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof SplitsAssignedEvent) {
      assignmentSettled = true;
      updates.wake();
    } else {
      super.handleSourceEvents(event);
    }
  }
}
