package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Topic (empty for the end of the log, and nothing follows), partition (4 bytes), offset (8), key,
 * length of the value (4; -1 for none), value.
 */
public final class BroadcastRecordSerializer extends TypeSerializerSingleton<BroadcastRecord> {
  public static final BroadcastRecordSerializer INSTANCE = new BroadcastRecordSerializer();

  private static final int NO_VALUE = -1;

  /** What a savepoint remembers of the serializer: the class alone, it has no settings. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<BroadcastRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public BroadcastRecord createInstance() {
    return BroadcastRecord.endOfLog();
  }

  @Override
  public BroadcastRecord copy(BroadcastRecord from) {
    return from;
  }

  @Override
  public BroadcastRecord copy(BroadcastRecord from, BroadcastRecord reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(BroadcastRecord broadcastRecord, DataOutputView target) throws IOException {
    StringValue.writeString(broadcastRecord.topic(), target);
    if (broadcastRecord.isEndOfLog()) {
      return;
    }
    target.writeInt(broadcastRecord.partition());
    target.writeLong(broadcastRecord.offset());
    StringValue.writeString(broadcastRecord.key(), target);
    byte[] value = broadcastRecord.value();
    target.writeInt(value == null ? NO_VALUE : value.length);
    if (value != null) {
      target.write(value);
    }
  }

  @Override
  public BroadcastRecord deserialize(DataInputView source) throws IOException {
    String topic = StringValue.readString(source);
    if (topic.isEmpty()) {
      return BroadcastRecord.endOfLog();
    }
    int partition = source.readInt();
    long offset = source.readLong();
    String key = StringValue.readString(source);
    int length = source.readInt();
    byte[] value = null;
    if (length != NO_VALUE) {
      value = new byte[length];
      source.readFully(value);
    }
    return BroadcastRecord.of(topic, partition, offset, key, value);
  }

  @Override
  public BroadcastRecord deserialize(BroadcastRecord reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<BroadcastRecord> snapshotConfiguration() {
    return new Snapshot();
  }
}
