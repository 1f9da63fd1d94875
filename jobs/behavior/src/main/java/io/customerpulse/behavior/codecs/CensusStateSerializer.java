package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link CensusState}: the class name stands in savepoints and must stay. */
public final class CensusStateSerializer extends CodecSerializer<CensusState> {
  static final CensusStateSerializer INSTANCE = new CensusStateSerializer();

  @Override
  public Codec<CensusState> codec() {
    return CensusStateCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<CensusState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CensusState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
