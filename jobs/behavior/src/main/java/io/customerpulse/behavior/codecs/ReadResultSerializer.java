package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.ReadResult;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link ReadResult}: the class name stands in savepoints and must stay. */
public final class ReadResultSerializer extends CodecSerializer<ReadResult> {
  static final ReadResultSerializer INSTANCE = new ReadResultSerializer();

  @Override
  public Codec<ReadResult> codec() {
    return ReadResultCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<ReadResult> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ReadResult> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
