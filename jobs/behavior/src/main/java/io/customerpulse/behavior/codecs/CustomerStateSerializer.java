package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link CustomerState}: the class name stands in savepoints and must stay. */
public final class CustomerStateSerializer extends CodecSerializer<CustomerState> {
  static final CustomerStateSerializer INSTANCE = new CustomerStateSerializer();

  @Override
  public Codec<CustomerState> codec() {
    return CustomerStateCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<CustomerState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CustomerState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
