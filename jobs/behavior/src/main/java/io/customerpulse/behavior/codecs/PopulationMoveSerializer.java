package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link PopulationMove}: the class name stands in savepoints and must stay. */
public final class PopulationMoveSerializer extends CodecSerializer<PopulationMove> {
  static final PopulationMoveSerializer INSTANCE = new PopulationMoveSerializer();

  @Override
  public Codec<PopulationMove> codec() {
    return PopulationMoveCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<PopulationMove> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PopulationMove> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
