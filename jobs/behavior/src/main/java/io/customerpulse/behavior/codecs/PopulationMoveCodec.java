package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of a move. */
final class PopulationMoveCodec extends Codec<PopulationMove> {
  static final PopulationMoveCodec INSTANCE = new PopulationMoveCodec();

  private PopulationMoveCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PopulationMove value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.at());
    PopulationCodecs.writeStanding(value.from(), out);
    PopulationCodecs.writeStanding(value.to(), out);
  }

  @Override
  public PopulationMove read(int version, CompactReader in) throws IOException {
    return switch (version) {
      case 1 -> readVersion1(in);
      default -> throw unknown(version);
    };
  }

  private static PopulationMove readVersion1(CompactReader in) throws IOException {
    return new PopulationMove(
        in.text(),
        in.instant(),
        PopulationCodecs.readStanding(in),
        PopulationCodecs.readStanding(in));
  }
}
