package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProcessingTimeAdvancingReaderTest {
  private static final Duration BOUND = Duration.ofMillis(100);

  private final OffsetTrackingDeserializer<String> tracking =
      new OffsetTrackingDeserializer<>(
          KafkaRecordDeserializationSchema.valueOnly(new SimpleStringSchema()));
  private final FakeKafkaReader kafka = new FakeKafkaReader(tracking);
  private final EndOffsetUpdates updates = new EndOffsetUpdates();
  private final FakeBroker broker = new FakeBroker();
  private final SplitGate gate = new SplitGate(broker, OnLostPosition.EARLIEST, tracking::splits);
  private final ProcessingTimeAdvancingReader<String> reader =
      new ProcessingTimeAdvancingReader<>(
          new GatedReader<>(
              kafka,
              tracking,
              gate,
              new BrokerThread(List.of(), broker, new SimpleCounter(), "never started")),
          tracking,
          TimePolicy.wall(BOUND, Instant::now),
          updates,
          gate);
  private final Journal journal = new Journal();

  @Test
  void aSplitThatHasBeenReadToItsEndTakesTheWallTime() throws Exception {
    addSplits(split(0, 5), split(1, 5));
    updates.put(List.of(reading(0, 1_000, 5), reading(1, 1_000, 9)));

    reader.pollNext(journal);

    assertThat(journal.lines).containsExactly("open t-0", "open t-1", "t-0 watermark 899");
  }

  @Test
  void theOthersTakeItRightAfterTheRecordThatBringsThemThere() throws Exception {
    addSplits(split(0, 5));
    updates.put(List.of(reading(0, 1_000, 7)));
    kafka.records.add(record(0, 5));
    kafka.records.add(record(0, 6));
    kafka.records.add(record(0, 7));
    reader.pollNext(journal);
    // A later look does not put off what an earlier one promised.
    updates.put(List.of(reading(0, 2_000, 8)));
    reader.pollNext(journal);
    reader.pollNext(journal);

    assertThat(journal.lines)
        .containsExactly("open t-0", "record 5", "record 6", "t-0 watermark 899", "record 7");
  }

  @Test
  void aGoalThatMarkersKeepOutOfReachGivesWay() throws Exception {
    addSplits(split(0, 5));
    updates.put(List.of(reading(0, 1_000, 7)));
    reader.pollNext(journal);
    updates.put(List.of(reading(0, 2_000, 5)));
    reader.pollNext(journal);

    assertThat(journal.lines).containsExactly("open t-0", "t-0 watermark 1899");
  }

  @Test
  void waitsForRecordsAndReadingsAlike() throws Exception {
    addSplits(split(0, 5));
    reader.pollNext(journal);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();

    updates.put(List.of(reading(0, 1_000, 5)));
    assertThat(available).isDone();
    reader.pollNext(journal);

    available = reader.isAvailable();
    assertThat(available).isNotDone();
    kafka.available.complete(null);
    assertThat(available).isDone();
  }

  /** A reader without a split waits for records for as long as it runs. */
  @Test
  void waitingLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      assertThat(reader.isAvailable()).isNotDone();
      updates.put(List.of());
      reader.pollNext(journal);
    }

    assertThat(kafka.available.getNumberOfDependents()).isEqualTo(1);
  }

  @Test
  void withoutASplitItIsIdleOnlyOnceItKnowsThatThereIsNone() throws Exception {
    reader.pollNext(journal);
    updates.wake();
    reader.pollNext(journal);
    assertThat(journal.lines).isEmpty();

    reader.handleSourceEvents(new SplitsAssignedEvent());
    assertThat(reader.isAvailable()).isDone();
    reader.pollNext(journal);
    assertThat(journal.lines).containsExactly("idle");

    addSplits(split(0, 5));
    reader.pollNext(journal);
    assertThat(journal.lines).containsExactly("idle", "active", "open t-0");
  }

  @Test
  void withASplitItIsNeverIdle() throws Exception {
    addSplits(split(0, 5));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    reader.pollNext(journal);

    assertThat(journal.lines).containsExactly("open t-0");
  }

  @Test
  void aSplitHoldsTimeBackBeforeItIsRead() throws Exception {
    reader.addSplits(List.of(split(0, 5)));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    reader.pollNext(journal);

    assertThat(journal.lines).containsExactly("open t-0");
    assertThat(tracking.splits()).isEmpty();
    assertThat(reader.snapshotState(1)).containsExactly(split(0, 5));
  }

  @Test
  void aPartitionThatIsGoneHoldsNothingBack() throws Exception {
    addSplits(split(0, 5), split(3, 5));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    reader.pollNext(journal);

    assertThat(journal.lines).containsExactlyInAnyOrder("open t-0", "open t-3", "release t-3");
  }

  @Test
  void withNothingButPartitionsThatAreGoneItIsIdleUntilTheyAreBack() throws Exception {
    addSplits(split(2, 5));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    reader.pollNext(journal);
    assertThat(journal.lines).containsExactly("open t-2", "release t-2", "idle");

    broker.add("t", new LogEnds.Range(0, 9));
    gate.look();
    assertThat(reader.isAvailable()).isDone();
    reader.pollNext(journal);
    assertThat(journal.lines)
        .containsExactly("open t-2", "release t-2", "idle", "active", "open t-2");
  }

  /** Assigns them, and lets the broker be asked. */
  private void addSplits(KafkaPartitionSplit... splits) throws Exception {
    broker.create("t", new LogEnds.Range(0, 9), new LogEnds.Range(0, 9));
    reader.addSplits(List.of(splits));
    reader.pollNext(journal);
    gate.look();
    reader.pollNext(journal);
  }

  private EndReading reading(int partition, long wallMillis, long neededPosition) {
    SplitProgress progress =
        tracking.splits().stream()
            .filter(split -> split.partition().partition() == partition)
            .findFirst()
            .orElseThrow();
    return new EndReading(progress, wallMillis, neededPosition);
  }

  private static KafkaPartitionSplit split(int partition, long startingOffset) {
    return new KafkaPartitionSplit(new TopicPartition("t", partition), startingOffset);
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    return new ConsumerRecord<>(
        "t", partition, offset, null, String.valueOf(offset).getBytes(StandardCharsets.UTF_8));
  }

  /** Gives out one record per poll, through the deserialiser, as Kafka's reader does. */
  private static final class FakeKafkaReader implements SourceReader<String, KafkaPartitionSplit> {
    private final OffsetTrackingDeserializer<String> tracking;
    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final CompletableFuture<Void> available = new CompletableFuture<>();

    FakeKafkaReader(OffsetTrackingDeserializer<String> tracking) {
      this.tracking = tracking;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) throws Exception {
      ConsumerRecord<byte[], byte[]> record = records.poll();
      if (record == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      tracking.deserialize(record, new Emitting(output));
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void start() {}

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private record Emitting(ReaderOutput<String> output) implements Collector<String> {
    @Override
    public void collect(String record) {
      output.collect(record);
    }

    @Override
    public void close() {}
  }

  /** Writes down what a reader emits. */
  private static final class Journal implements ReaderOutput<String> {
    private final List<String> lines = new ArrayList<>();
    private final Collection<String> open = new ArrayList<>();

    @Override
    public SourceOutput<String> createOutputForSplit(String splitId) {
      if (!open.contains(splitId)) {
        open.add(splitId);
        lines.add("open " + splitId);
      }
      return new SplitJournal(splitId, lines);
    }

    @Override
    public void collect(String record) {
      lines.add("record " + record);
    }

    @Override
    public void collect(String record, long timestampMillis) {
      collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      lines.add("watermark for all splits");
    }

    @Override
    public void markIdle() {
      lines.add("idle");
    }

    @Override
    public void markActive() {
      lines.add("active");
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      open.remove(splitId);
      lines.add("release " + splitId);
    }
  }

  private record SplitJournal(String splitId, List<String> lines) implements SourceOutput<String> {
    @Override
    public void collect(String record) {}

    @Override
    public void collect(String record, long timestampMillis) {}

    @Override
    public void emitWatermark(Watermark watermark) {
      lines.add(splitId + " watermark " + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      lines.add(splitId + " idle");
    }

    @Override
    public void markActive() {}
  }
}
