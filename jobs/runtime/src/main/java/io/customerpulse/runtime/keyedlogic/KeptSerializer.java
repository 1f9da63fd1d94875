package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version (1 byte), wake and timer (8 bytes each), then the state in its own form. */
public final class KeptSerializer<S> extends TypeSerializer<Kept<S>> {
  private static final int VERSION = 1;

  private final TypeSerializer<S> stateSerializer;

  KeptSerializer(TypeSerializer<S> stateSerializer) {
    this.stateSerializer = stateSerializer;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Kept<S>> duplicate() {
    TypeSerializer<S> duplicate = stateSerializer.duplicate();
    return duplicate == stateSerializer ? this : new KeptSerializer<>(duplicate);
  }

  /** There is no empty value, and nobody fills one. */
  @Override
  public Kept<S> createInstance() {
    return null;
  }

  @Override
  public Kept<S> copy(Kept<S> from) {
    return from;
  }

  @Override
  public Kept<S> copy(Kept<S> from, Kept<S> reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Kept<S> kept, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(kept.wakeMillis());
    target.writeLong(kept.timerMillis());
    stateSerializer.serialize(kept.state(), target);
  }

  @Override
  public Kept<S> deserialize(DataInputView source) throws IOException {
    int version = source.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("Kept state of version " + version + " is of a newer release");
    }
    long wakeMillis = source.readLong();
    long timerMillis = source.readLong();
    return new Kept<>(stateSerializer.deserialize(source), wakeMillis, timerMillis);
  }

  @Override
  public Kept<S> deserialize(Kept<S> reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptSerializer<?> that && stateSerializer.equals(that.stateSerializer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(KeptSerializer.class, stateSerializer);
  }

  @Override
  public TypeSerializerSnapshot<Kept<S>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /**
   * Restores the serializer from a savepoint, with that of the state inside. Says the state schema
   * as its own version, so that a task which can't read what is kept doesn't even start.
   */
  public static final class Snapshot<S>
      extends CompositeTypeSerializerSnapshot<Kept<S>, KeptSerializer<S>> {
    public Snapshot() {}

    Snapshot(KeptSerializer<S> serializer) {
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
    protected TypeSerializer<?>[] getNestedSerializers(KeptSerializer<S> outer) {
      return new TypeSerializer<?>[] {outer.stateSerializer};
    }

    @Override
    @SuppressWarnings("unchecked") // The one nested serializer is the one given out above.
    protected KeptSerializer<S> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new KeptSerializer<>((TypeSerializer<S>) nested[0]);
    }
  }
}
