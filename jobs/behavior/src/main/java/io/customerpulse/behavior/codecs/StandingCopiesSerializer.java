package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.StandingCopies;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link StandingCopies}: the class name stands in savepoints and must stay. */
public final class StandingCopiesSerializer extends CodecSerializer<StandingCopies> {
  static final StandingCopiesSerializer INSTANCE = new StandingCopiesSerializer();

  @Override
  public Codec<StandingCopies> codec() {
    return StandingCopiesCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<StandingCopies> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StandingCopies> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
