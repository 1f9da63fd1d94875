package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of a change of position. */
final class PositionChangeCodec extends Codec<PositionChange> {
  static final PositionChangeCodec INSTANCE = new PositionChangeCodec();

  private PositionChangeCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PositionChange value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.at());
    PopulationCodecs.writePosition(value.from(), out);
    PopulationCodecs.writePosition(value.to(), out);
  }

  @Override
  public PositionChange read(int version, CompactReader in) throws IOException {
    return new PositionChange(
        in.text(),
        in.instant(),
        PopulationCodecs.readPosition(in),
        PopulationCodecs.readPosition(in));
  }
}
