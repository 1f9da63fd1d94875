package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.LastPublished;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what the last profile said. */
final class LastPublishedCodec extends Codec<LastPublished> {
  static final LastPublishedCodec INSTANCE = new LastPublishedCodec();

  private LastPublishedCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(LastPublished last, CompactWriter out) throws IOException {
    out.instant(last.at());
    out.instant(last.lastSeenAt());
    out.flag(last.outdated());
    out.count(last.scores());
  }

  @Override
  public LastPublished read(int version, CompactReader in) throws IOException {
    return new LastPublished(in.instant(), in.instant(), in.flag(), in.size());
  }
}
