package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Interest;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what a customer cares for. */
final class InterestsCodec extends Codec<Interests> {
  static final InterestsCodec INSTANCE = new InterestsCodec();

  private InterestsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Interests interests, CompactWriter out) throws IOException {
    out.list(interests.top(), InterestsCodec::writeInterest);
  }

  @Override
  public Interests read(int version, CompactReader in) throws IOException {
    return new Interests(in.list(InterestsCodec::readInterest));
  }

  private static void writeInterest(Interest interest, CompactWriter out) throws IOException {
    out.text(interest.categoryId());
    out.decimal(interest.weight());
    out.instant(interest.at());
  }

  private static Interest readInterest(CompactReader in) throws IOException {
    return new Interest(in.text(), in.decimal(), in.instant());
  }
}
