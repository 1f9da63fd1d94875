package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link DedupState}: the class name stands in savepoints and must stay. */
public final class DedupStateSerializer extends CodecSerializer<DedupState> {
  static final DedupStateSerializer INSTANCE = new DedupStateSerializer();

  @Override
  public Codec<DedupState> codec() {
    return DedupStateCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<DedupState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DedupState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
