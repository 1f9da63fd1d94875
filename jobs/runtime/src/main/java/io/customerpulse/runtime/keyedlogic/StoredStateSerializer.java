package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version (1 byte), when it is due and the timer (8 bytes each), then the state in its own form.
 */
public final class StoredStateSerializer<S> extends TypeSerializer<StoredState<S>> {
  private static final int VERSION = 1;

  private final TypeSerializer<S> stateSerializer;

  StoredStateSerializer(TypeSerializer<S> stateSerializer) {
    this.stateSerializer = stateSerializer;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<StoredState<S>> duplicate() {
    TypeSerializer<S> duplicate = stateSerializer.duplicate();
    return duplicate == stateSerializer ? this : new StoredStateSerializer<>(duplicate);
  }

  /** There is no empty value, and nobody fills one. */
  @Override
  public StoredState<S> createInstance() {
    return null;
  }

  @Override
  public StoredState<S> copy(StoredState<S> from) {
    return from;
  }

  @Override
  public StoredState<S> copy(StoredState<S> from, StoredState<S> reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(StoredState<S> kept, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(kept.dueMillis());
    target.writeLong(kept.registeredMillis());
    stateSerializer.serialize(kept.state(), target);
  }

  @Override
  public StoredState<S> deserialize(DataInputView source) throws IOException {
    int version = source.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("StoredState state of version " + version + " is of a newer release");
    }
    long dueMillis = source.readLong();
    long registeredMillis = source.readLong();
    return new StoredState<>(stateSerializer.deserialize(source), dueMillis, registeredMillis);
  }

  @Override
  public StoredState<S> deserialize(StoredState<S> reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredStateSerializer<?> that
        && stateSerializer.equals(that.stateSerializer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(StoredStateSerializer.class, stateSerializer);
  }

  @Override
  public TypeSerializerSnapshot<StoredState<S>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /**
   * Restores the serializer from a savepoint, with that of the state inside. Says the state schema
   * as its own version, so that a task which can't read what is kept doesn't even start.
   */
  public static final class Snapshot<S>
      extends CompositeTypeSerializerSnapshot<StoredState<S>, StoredStateSerializer<S>> {
    public Snapshot() {}

    Snapshot(StoredStateSerializer<S> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return StateSchema.NUMBER;
    }

    @Override
    protected void readOuterSnapshot(int written, DataInputView in, ClassLoader classLoader)
        throws IOException {
      StateSchema.check(written);
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(StoredStateSerializer<S> outer) {
      return new TypeSerializer<?>[] {outer.stateSerializer};
    }

    @Override
    @SuppressWarnings("unchecked") // The one nested serializer is the one given out above.
    protected StoredStateSerializer<S> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new StoredStateSerializer<>((TypeSerializer<S>) nested[0]);
    }
  }
}
