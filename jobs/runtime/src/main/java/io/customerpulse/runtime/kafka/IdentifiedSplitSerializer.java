package io.customerpulse.runtime.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.Uuid;

/**
 * The form of Flink's own, with the topic's id behind it. Flink's own reads no further than it has
 * to, and what it has written is read here as a split without an id: savepoints go both ways.
 */
final class IdentifiedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  /** Ends what has an id; Flink's own form ends with four zeros. */
  private static final int MARK = 0x43507469;

  private static final int ID_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final KafkaPartitionSplitSerializer delegate = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return delegate.getVersion();
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] plain = delegate.serialize(split);
    return IdentifiedSplit.of(split)
        .topicId()
        .map(
            id ->
                ByteBuffer.allocate(plain.length + ID_BYTES)
                    .put(plain)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putInt(MARK)
                    .array())
        .orElse(plain);
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    IdentifiedSplit split = IdentifiedSplit.of(delegate.deserialize(version, serialized));
    int idAt = serialized.length - ID_BYTES;
    if (idAt < 0 || ByteBuffer.wrap(serialized).getInt(serialized.length - Integer.BYTES) != MARK) {
      return split;
    }
    ByteBuffer id = ByteBuffer.wrap(serialized, idAt, ID_BYTES);
    return split.in(new Uuid(id.getLong(), id.getLong()));
  }
}
