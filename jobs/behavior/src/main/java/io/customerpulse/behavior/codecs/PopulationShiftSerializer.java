package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link PopulationShift}: the class name stands in savepoints and must stay. */
public final class PopulationShiftSerializer extends CodecSerializer<PopulationShift> {
  static final PopulationShiftSerializer INSTANCE = new PopulationShiftSerializer();

  @Override
  public Codec<PopulationShift> codec() {
    return PopulationShiftCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<PopulationShift> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PopulationShift> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
