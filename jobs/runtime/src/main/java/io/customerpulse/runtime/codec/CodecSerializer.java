package io.customerpulse.runtime.codec;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A Flink serializer around a {@link Codec}. The values are immutable, so none is ever copied. The
 * snapshots of subclasses have nothing to say beyond the class: each value carries its version.
 */
public abstract class CodecSerializer<T> extends TypeSerializer<T> {

  public abstract Codec<T> codec();

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  /** There is no empty value, and nobody fills one. */
  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    codec().encode(value, target);
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    return codec().decode(source);
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return codec().decode(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof CodecSerializer<?> that && that.codec() == codec();
  }

  @Override
  public final int hashCode() {
    return codec().getClass().getName().hashCode();
  }
}
