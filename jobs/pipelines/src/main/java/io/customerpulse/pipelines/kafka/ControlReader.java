package io.customerpulse.pipelines.kafka;

import io.customerpulse.pipelines.kafka.TaskMailbox.EndReading;
import io.customerpulse.pipelines.operator.Control;
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
final class ControlReader implements SourceReader<Control, KafkaPartitionSplit> {
  private final SourceReader<Control, KafkaPartitionSplit> delegate;
  private final TrackingDeserializer<Control> tracking;
  private final TaskMailbox mailbox;
  private final SplitGate gate;
  private final Set<SplitProgress> readToEnd = new HashSet<>();
  private boolean assignmentSettled;
  private boolean endTold;

  /**
   * @param delegate records through {@code tracking}
   * @param gate through which the reader's splits go
   */
  ControlReader(
      SourceReader<Control, KafkaPartitionSplit> delegate,
      TrackingDeserializer<Control> tracking,
      TaskMailbox mailbox,
      SplitGate gate) {
    this.delegate = delegate;
    this.tracking = tracking;
    this.mailbox = mailbox;
    this.gate = gate;
  }

  @Override
  public void start() {
    delegate.start();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> added) {
    delegate.addSplits(added);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Control> output) throws Exception {
    if (endTold) {
      return delegate.pollNext(output);
    }
    if (mailbox.wakeUp().isDone()) {
      for (EndReading reading : mailbox.take()) {
        if (reading.split().aim(reading.wallMillis(), reading.neededPosition())) {
          readToEnd.add(reading.split());
        }
      }
    }
    InputStatus status = delegate.pollNext(output);
    if (tracking.takeGoalReached()) {
      tracking.splits().stream().filter(SplitProgress::isGoalReached).forEach(readToEnd::add);
    }
    tellEnd(output);
    return status;
  }

  private void tellEnd(ReaderOutput<Control> output) {
    List<SplitProgress> splits = tracking.splits();
    if (assignmentSettled
        && !splits.isEmpty()
        && readToEnd.containsAll(splits)
        && !gate.hasUnread()) {
      output.collect(Control.endOfLog());
      endTold = true;
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = delegate.isAvailable();
    CompletableFuture<Void> readings = mailbox.wakeUp();
    if (endTold || records.isDone()) {
      return records;
    }
    return readings.isDone()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.anyOf(records, readings).thenRun(() -> {});
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof AssignmentSettled) {
      assignmentSettled = true;
      mailbox.wake();
    } else {
      delegate.handleSourceEvents(event);
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return delegate.snapshotState(checkpointId);
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
  public void close() throws Exception {
    delegate.close();
  }
}
