package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of a fingerprint. */
final class FingerprintCodec extends Codec<Fingerprint> {
  static final FingerprintCodec INSTANCE = new FingerprintCodec();

  private FingerprintCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Fingerprint fingerprint, CompactWriter out) throws IOException {
    out.long64(fingerprint.high());
    out.long64(fingerprint.low());
  }

  @Override
  public Fingerprint read(int version, CompactReader in) throws IOException {
    return new Fingerprint(in.long64(), in.long64());
  }
}
