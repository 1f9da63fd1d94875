package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.PopulationEntry;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what the population was told of a customer. */
final class PopulationEntryCodec extends Codec<PopulationEntry> {
  static final PopulationEntryCodec INSTANCE = new PopulationEntryCodec();

  private PopulationEntryCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PopulationEntry entry, CompactWriter out) throws IOException {
    PopulationCodecs.writePosition(entry.position(), out);
    out.instant(entry.until());
  }

  @Override
  public PopulationEntry read(int version, CompactReader in) throws IOException {
    return new PopulationEntry(PopulationCodecs.readPosition(in), in.instant());
  }
}
