package io.customerpulse.behavior.topic;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Topic code (1 byte), key, length of the value (4 bytes, -1 for a tombstone), value, time. */
public final class TopicRecordSerializer extends TypeSerializerSingleton<TopicRecord> {
  public static final TopicRecordSerializer INSTANCE = new TopicRecordSerializer();

  private static final int TOMBSTONE = -1;
  private static final TopicRecord BLANK = TopicRecord.tombstone(Topic.TRACKING_EVENTS, "", 0);

  /** What a savepoint remembers of the serializer: the class alone, it has no settings. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TopicRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TopicRecord createInstance() {
    return BLANK;
  }

  @Override
  public TopicRecord copy(TopicRecord from) {
    return from;
  }

  @Override
  public TopicRecord copy(TopicRecord from, TopicRecord reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(TopicRecord record, DataOutputView target) throws IOException {
    target.writeByte(record.topic().code());
    StringValue.writeString(record.key(), target);
    if (record.isTombstone()) {
      target.writeInt(TOMBSTONE);
    } else {
      target.writeInt(record.value().length);
      target.write(record.value());
    }
    target.writeLong(record.timestampMillis());
  }

  @Override
  public TopicRecord deserialize(DataInputView source) throws IOException {
    Topic topic = Topic.ofCode(source.readUnsignedByte());
    String key = StringValue.readString(source);
    int length = source.readInt();
    if (length == TOMBSTONE) {
      return TopicRecord.tombstone(topic, key, source.readLong());
    }
    byte[] value = new byte[length];
    source.readFully(value);
    return TopicRecord.of(topic, key, value, source.readLong());
  }

  @Override
  public TopicRecord deserialize(TopicRecord reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<TopicRecord> snapshotConfiguration() {
    return new Snapshot();
  }
}
