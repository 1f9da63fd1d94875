package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link PopulationState}: the class name stands in savepoints and must stay. */
public final class PopulationStateSerializer extends CodecSerializer<PopulationState> {
  static final PopulationStateSerializer INSTANCE = new PopulationStateSerializer();

  @Override
  public Codec<PopulationState> codec() {
    return PopulationStateCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<PopulationState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PopulationState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
