package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of an event that is on its way, around the bytes that it has already. */
final class EncodedEventCodec extends Codec<EncodedEvent> {
  static final EncodedEventCodec INSTANCE = new EncodedEventCodec();

  private EncodedEventCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(EncodedEvent event, CompactWriter out) throws IOException {
    out.text(event.customerKey());
    out.number(event.timeMillis());
    out.number(event.deviceTimeMillis() - event.timeMillis());
    out.text(event.identifierKey());
    if (event.identifierKey() != null) {
      FingerprintCodec.INSTANCE.write(event.fingerprint(), out);
    }
    out.bytes(event.bytes());
  }

  @Override
  public EncodedEvent read(int version, CompactReader in) throws IOException {
    String customerKey = in.text();
    long timeMillis = in.number();
    long deviceTimeMillis = timeMillis + in.number();
    String identifierKey = in.text();
    Fingerprint fingerprint =
        identifierKey == null
            ? null
            : FingerprintCodec.INSTANCE.read(FingerprintCodec.INSTANCE.version(), in);
    return new EncodedEvent(
        identifierKey, fingerprint, customerKey, timeMillis, deviceTimeMillis, in.bytes());
  }
}
