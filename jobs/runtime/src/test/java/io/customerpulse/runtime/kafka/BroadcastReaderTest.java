package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BroadcastReaderTest {
  private static final String TOPIC = "acme.rules";
  private static final KafkaSettings KAFKA =
      new KafkaSettings(
          "", Map.of(), OnLostPosition.STOP, Duration.ofMinutes(5), Map.of("trigger-rules", TOPIC));

  private final OffsetTrackingDeserializer<BroadcastRecord> tracking =
      new OffsetTrackingDeserializer<>(
          new BroadcastRecordDeserializer(KAFKA, Set.of("trigger-rules")));
  private final FakeKafkaReader kafka = new FakeKafkaReader(tracking);
  private final EndOffsetUpdates updates = new EndOffsetUpdates();
  private final FakeBroker broker = new FakeBroker();
  private final SplitGate gate = new SplitGate(broker, OnLostPosition.STOP, tracking::splits);
  private final BroadcastReader reader =
      new BroadcastReader(
          new GatedReader<>(
              kafka,
              tracking,
              gate,
              new BrokerThread(List.of(), broker, new SimpleCounter(), "never started")),
          tracking,
          updates,
          gate);
  private final Output output = new Output();

  @Test
  void theEndComesOnceWhenEverySplitHasBeenRead() throws Exception {
    addSplits(split(0), split(1));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    updates.put(List.of(reading(0, 2), reading(1, 0)));
    kafka.add(0, 0, "acme:a", "v");
    kafka.add(0, 1, "acme:a", null);
    kafka.add(0, 2, "acme:b", "w");
    for (int i = 0; i < 5; i++) {
      reader.pollNext(output);
    }
    updates.put(List.of(reading(0, 3), reading(1, 0)));
    reader.pollNext(output);
    assertThat(output.lines)
        .containsExactly(
            "trigger-rules-0@0[acme:a]: 1 bytes",
            "trigger-rules-0@1[acme:a]: nothing",
            "end of log",
            "trigger-rules-0@2[acme:b]: 1 bytes");
  }

  @Test
  void aSplitThatNobodyHasLookedAtHoldsTheEndBack() throws Exception {
    addSplits(split(0), split(1));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    updates.put(List.of(reading(0, 0)));
    reader.pollNext(output);
    assertThat(output.lines).isEmpty();
    updates.put(List.of(reading(1, 0)));
    reader.pollNext(output);
    assertThat(output.lines).containsExactly("end of log");
  }

  @Test
  void splitsMayStillCome() throws Exception {
    reader.pollNext(output);
    addSplits(split(0));
    updates.put(List.of(reading(0, 0)));
    reader.pollNext(output);
    assertThat(output.lines).isEmpty();
    reader.handleSourceEvents(new SplitsAssignedEvent());
    assertThat(reader.isAvailable()).isDone();
    reader.pollNext(output);
    assertThat(output.lines).containsExactly("end of log");
  }

  @Test
  void aSplitThatMayNotBeReadYetHoldsTheEndBack() throws Exception {
    addSplits(split(0));
    reader.addSplits(List.of(split(1)));
    reader.handleSourceEvents(new SplitsAssignedEvent());
    updates.put(List.of(reading(0, 0)));
    reader.pollNext(output);
    assertThat(output.lines).isEmpty();
  }

  /** Assigns them, and lets the broker be asked. */
  private void addSplits(KafkaPartitionSplit... splits) throws Exception {
    broker.create(TOPIC, new LogEnds.Range(0, 9), new LogEnds.Range(0, 9));
    reader.addSplits(List.of(splits));
    gate.look();
    reader.pollNext(output);
  }

  private EndReading reading(int partition, long neededPosition) {
    return new EndReading(
        tracking.splits().stream()
            .filter(split -> split.partition().partition() == partition)
            .findFirst()
            .orElseThrow(),
        0,
        neededPosition);
  }

  private static KafkaPartitionSplit split(int partition) {
    return new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), 0);
  }

  /** Gives out one record per poll, through the deserialiser, as Kafka's reader does. */
  private static final class FakeKafkaReader
      implements SourceReader<BroadcastRecord, KafkaPartitionSplit> {
    private final OffsetTrackingDeserializer<BroadcastRecord> tracking;
    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

    FakeKafkaReader(OffsetTrackingDeserializer<BroadcastRecord> tracking) {
      this.tracking = tracking;
    }

    void add(int partition, long offset, String key, String value) {
      records.add(
          new ConsumerRecord<>(
              TOPIC,
              partition,
              offset,
              key.getBytes(StandardCharsets.UTF_8),
              value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public InputStatus pollNext(ReaderOutput<BroadcastRecord> output) throws Exception {
      ConsumerRecord<byte[], byte[]> record = records.poll();
      if (record == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      tracking.deserialize(record, new Emitting(output));
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
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

  private record Emitting(ReaderOutput<BroadcastRecord> output)
      implements Collector<BroadcastRecord> {
    @Override
    public void collect(BroadcastRecord broadcastRecord) {
      output.collect(broadcastRecord);
    }

    @Override
    public void close() {}
  }

  /** Writes down what a reader emits. */
  private static final class Output implements ReaderOutput<BroadcastRecord> {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void collect(BroadcastRecord broadcastRecord) {
      lines.add(broadcastRecord.toString());
    }

    @Override
    public void collect(BroadcastRecord broadcastRecord, long timestampMillis) {
      collect(broadcastRecord);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      lines.add("watermark");
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
    public SourceOutput<BroadcastRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
