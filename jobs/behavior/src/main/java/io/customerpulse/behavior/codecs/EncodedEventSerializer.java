package io.customerpulse.behavior.codecs;

import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link EncodedEvent}: the class name stands in savepoints and must stay. */
public final class EncodedEventSerializer extends CodecSerializer<EncodedEvent> {
  static final EncodedEventSerializer INSTANCE = new EncodedEventSerializer();

  @Override
  public Codec<EncodedEvent> codec() {
    return EncodedEventCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<EncodedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncodedEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
