package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link Fingerprint}: the class name stands in savepoints and must stay. */
public final class FingerprintSerializer extends CodecSerializer<Fingerprint> {
  static final FingerprintSerializer INSTANCE = new FingerprintSerializer();

  @Override
  public Codec<Fingerprint> codec() {
    return FingerprintCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<Fingerprint> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fingerprint> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
