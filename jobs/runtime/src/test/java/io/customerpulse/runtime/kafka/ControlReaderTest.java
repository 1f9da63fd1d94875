package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.runtime.kafka.TaskMailbox.EndReading;
import io.customerpulse.runtime.keyedlogic.Control;
import java.nio.charset.StandardCharsets;
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

class ControlReaderTest {
  private static final String TOPIC = "acme.rules";
  private static final KafkaSettings KAFKA =
      new KafkaSettings("", Map.of(), OnLostPosition.STOP, Map.of("trigger-rules", TOPIC));

  private final TrackingDeserializer<Control> tracking =
      new TrackingDeserializer<>(new ControlDeserializer(KAFKA, Set.of("trigger-rules")));
  private final FakeKafkaReader kafka = new FakeKafkaReader(tracking);
  private final TaskMailbox mailbox = new TaskMailbox();
  private final FakeBroker broker = new FakeBroker();
  private final SplitGate gate = new SplitGate(broker, OnLostPosition.STOP, tracking::splits);
  private final ControlReader reader =
      new ControlReader(
          new GatedReader<>(
              kafka,
              tracking,
              gate,
              new BrokerThread(List.of(), broker, new SimpleCounter(), "never started")),
          tracking,
          mailbox,
          gate);
  private final Output output = new Output();

  @Test
  void theEndComesOnceWhenEverySplitHasBeenRead() throws Exception {
    addSplits(split(0), split(1));
    reader.handleSourceEvents(new AssignmentSettled());
    mailbox.put(List.of(reading(0, 2), reading(1, 0)));
    kafka.add(0, 0, "acme:a", "v");
    kafka.add(0, 1, "acme:a", null);
    kafka.add(0, 2, "acme:b", "w");
    for (int i = 0; i < 5; i++) {
      reader.pollNext(output);
    }
    mailbox.put(List.of(reading(0, 3), reading(1, 0)));
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
    reader.handleSourceEvents(new AssignmentSettled());
    mailbox.put(List.of(reading(0, 0)));
    reader.pollNext(output);
    assertThat(output.lines).isEmpty();
    mailbox.put(List.of(reading(1, 0)));
    reader.pollNext(output);
    assertThat(output.lines).containsExactly("end of log");
  }

  @Test
  void splitsMayStillCome() throws Exception {
    reader.pollNext(output);
    addSplits(split(0));
    mailbox.put(List.of(reading(0, 0)));
    reader.pollNext(output);
    assertThat(output.lines).isEmpty();
    reader.handleSourceEvents(new AssignmentSettled());
    assertThat(reader.isAvailable()).isDone();
    reader.pollNext(output);
    assertThat(output.lines).containsExactly("end of log");
  }

  @Test
  void aSplitThatMayNotBeReadYetHoldsTheEndBack() throws Exception {
    addSplits(split(0));
    reader.addSplits(List.of(split(1)));
    reader.handleSourceEvents(new AssignmentSettled());
    mailbox.put(List.of(reading(0, 0)));
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
  private static final class FakeKafkaReader implements SourceReader<Control, KafkaPartitionSplit> {
    private final TrackingDeserializer<Control> tracking;
    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

    FakeKafkaReader(TrackingDeserializer<Control> tracking) {
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
    public InputStatus pollNext(ReaderOutput<Control> output) throws Exception {
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

  private record Emitting(ReaderOutput<Control> output) implements Collector<Control> {
    @Override
    public void collect(Control control) {
      output.collect(control);
    }

    @Override
    public void close() {}
  }

  /** Writes down what a reader emits. */
  private static final class Output implements ReaderOutput<Control> {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void collect(Control control) {
      lines.add(control.toString());
    }

    @Override
    public void collect(Control control, long timestampMillis) {
      collect(control);
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
    public SourceOutput<Control> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
