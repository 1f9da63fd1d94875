package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.Erasure;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of an erasure. */
final class ErasureCodec extends Codec<Erasure> {
  static final ErasureCodec INSTANCE = new ErasureCodec();

  private ErasureCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Erasure erasure, CompactWriter out) throws IOException {
    out.instant(erasure.at());
  }

  @Override
  public Erasure read(int version, CompactReader in) throws IOException {
    return new Erasure(in.instant());
  }
}
