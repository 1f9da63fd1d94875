package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.RateWindow;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of when events were accepted lately. */
final class RateWindowCodec extends Codec<RateWindow> {
  static final RateWindowCodec INSTANCE = new RateWindowCodec();

  private RateWindowCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(RateWindow window, CompactWriter out) throws IOException {
    out.list(window.accepted(), (at, o) -> o.instant(at));
  }

  @Override
  public RateWindow read(int version, CompactReader in) throws IOException {
    return new RateWindow(in.list(CompactReader::instant));
  }
}
