package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.Sightings;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of when a customer was seen. */
final class SightingsCodec extends Codec<Sightings> {
  static final SightingsCodec INSTANCE = new SightingsCodec();

  private SightingsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Sightings sightings, CompactWriter out) throws IOException {
    out.instant(sightings.firstAt());
    out.instant(sightings.lastAt());
    out.instant(sightings.lastActivityAt());
  }

  @Override
  public Sightings read(int version, CompactReader in) throws IOException {
    return new Sightings(in.instant(), in.instant(), in.instant());
  }
}
