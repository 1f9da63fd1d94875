package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of {@link ParseResult}: the class name stands in savepoints and must stay. */
public final class ParseResultSerializer extends CodecSerializer<ParseResult> {
  static final ParseResultSerializer INSTANCE = new ParseResultSerializer();

  @Override
  public Codec<ParseResult> codec() {
    return ParseResultCodec.INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<ParseResult> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ParseResult> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
