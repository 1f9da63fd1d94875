package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link PositionChange}: the class name stands in savepoints and must stay. */
public final class PositionChangeSerializer extends CodecSerializer<PositionChange> {
  static final PositionChangeSerializer INSTANCE = new PositionChangeSerializer();

  @Override
  public Codec<PositionChange> codec() {
    return PositionChangeCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<PositionChange> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PositionChange> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
