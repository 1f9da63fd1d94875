package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link BehaviorEvent}: the class name stands in savepoints and must stay. */
public final class BehaviorEventSerializer extends CodecSerializer<BehaviorEvent> {
  static final BehaviorEventSerializer INSTANCE = new BehaviorEventSerializer();

  @Override
  public Codec<BehaviorEvent> codec() {
    return EventCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<BehaviorEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<BehaviorEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
