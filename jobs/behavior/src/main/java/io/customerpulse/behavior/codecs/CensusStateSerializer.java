package io.customerpulse.pipelines.state;

import io.customerpulse.domain.rfm.CensusState;
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
