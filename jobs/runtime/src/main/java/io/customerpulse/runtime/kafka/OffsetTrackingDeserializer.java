package io.customerpulse.runtime.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows how far each partition has been emitted, for it is called on the task thread, once per
 * record, and emits it. Lives inside one reader and never travels.
 */
final class OffsetTrackingDeserializer<T> implements KafkaRecordDeserializationSchema<T> {
  private final KafkaRecordDeserializationSchema<T> delegate;
  private final transient Map<TopicPartition, SplitProgress> byPartition = new HashMap<>();

  /** Read by the watching thread too: replaced, never changed. */
  private transient volatile List<SplitProgress> splits = List.of();

  private transient SplitProgress last;
  private transient boolean goalReached;

  OffsetTrackingDeserializer(KafkaRecordDeserializationSchema<T> delegate) {
    this.delegate = delegate;
  }

  void track(SplitProgress split) {
    byPartition.put(split.partition(), split);
    splits = List.copyOf(byPartition.values());
    last = null;
  }

  /** Of a partition that is tracked. */
  SplitProgress split(TopicPartition partition) {
    return byPartition.get(partition);
  }

  List<SplitProgress> splits() {
    return splits;
  }

  /** Whether a split has reached its goal since this was last asked. */
  boolean takeGoalReached() {
    boolean reached = goalReached;
    goalReached = false;
    return reached;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    delegate.open(context);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out)
      throws IOException {
    delegate.deserialize(record, out);
    goalReached |= split(record).advance(record.offset() + 1);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return delegate.getProducedType();
  }

  /** Records come in runs of one partition: most are of the split of the record before. */
  private SplitProgress split(ConsumerRecord<byte[], byte[]> record) {
    if (last == null
        || last.partition().partition() != record.partition()
        || !last.partition().topic().equals(record.topic())) {
      last = split(new TopicPartition(record.topic(), record.partition()));
    }
    return last;
  }
}
