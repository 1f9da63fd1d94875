package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link HistogramDelta}: the class name stands in savepoints and must stay. */
public final class HistogramDeltaSerializer extends CodecSerializer<HistogramDelta> {
  static final HistogramDeltaSerializer INSTANCE = new HistogramDeltaSerializer();

  @Override
  public Codec<HistogramDelta> codec() {
    return HistogramDeltaCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<HistogramDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<HistogramDelta> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
