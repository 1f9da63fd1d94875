package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader, and time that goes on in silence: a split that has been read to its end gets a
 * watermark from the wall clock, on its own output, between two records. A split behind a backlog
 * gets none and holds the others back, as it must.
 *
 * <p>Flink's idleness setting is no substitute: it leaves an idle split out, which moves nothing
 * when all are idle, and lets time run past a split that is only slow. The reader is idle only
 * while it is certain to have no split at all.
 */
@SuppressWarnings("try") // Flink's own interface lets close() throw anything.
final class ProcessingTimeAdvancingReader<T> extends ForwardingReader<T> {
  private final OffsetTrackingDeserializer<T> tracking;
  private final TimePolicy policy;
  private final EndOffsetUpdates updates;
  private final SplitGate gate;

  /** The splits that have an output. */
  private Set<String> open = Set.of();

  private boolean assignmentSettled;
  private boolean idle;

  /**
   * Adds the passing of time to a reader that records through {@code tracking}.
   *
   * @param updates stays empty where event time follows the events alone
   * @param gate through which the reader's splits go
   */
  ProcessingTimeAdvancingReader(
      SourceReader<T, KafkaPartitionSplit> delegate,
      OffsetTrackingDeserializer<T> tracking,
      TimePolicy policy,
      EndOffsetUpdates updates,
      SplitGate gate) {
    super(delegate);
    this.tracking = tracking;
    this.policy = policy;
    this.updates = updates;
    this.gate = gate;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (gate.takeChange()) {
      followAssignment(output);
    }
    if (updates.wakeUp().isDone()) {
      takeReadings(output);
      goIdleWithoutSplits(output);
    }
    InputStatus status = super.pollNext(output);
    if (tracking.takeGoalReached()) {
      advanceWherePossible(output);
    }
    return status;
  }

  /** From its assignment on, not from its first record, a split counts for the watermark. */
  private void followAssignment(ReaderOutput<T> output) {
    Set<String> counting = gate.counting();
    if (idle && !counting.isEmpty()) {
      output.markActive();
      idle = false;
    }
    counting.stream().filter(id -> !open.contains(id)).forEach(output::createOutputForSplit);
    open.stream().filter(id -> !counting.contains(id)).forEach(output::releaseOutputForSplit);
    open = counting;
    goIdleWithoutSplits(output);
  }

  private void takeReadings(ReaderOutput<T> output) {
    for (EndReading reading : updates.take()) {
      if (reading.split().aim(reading.wallMillis(), reading.neededPosition())) {
        advance(reading.split(), output);
      }
    }
  }

  private void goIdleWithoutSplits(ReaderOutput<T> output) {
    if (assignmentSettled && !idle && open.isEmpty()) {
      output.markIdle();
      idle = true;
    }
  }

  private void advanceWherePossible(ReaderOutput<T> output) {
    for (SplitProgress split : tracking.splits()) {
      if (split.isGoalReached()) {
        advance(split, output);
      }
    }
  }

  private void advance(SplitProgress split, ReaderOutput<T> output) {
    output
        .createOutputForSplit(split.splitId())
        .emitWatermark(new Watermark(policy.watermarkMillis(split.takeGoalMillis())));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = super.isAvailable();
    CompletableFuture<Void> readings = updates.wakeUp();
    return either(records, readings);
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
