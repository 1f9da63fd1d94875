package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of a shift. */
final class PopulationShiftCodec extends Codec<PopulationShift> {
  static final PopulationShiftCodec INSTANCE = new PopulationShiftCodec();

  private PopulationShiftCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PopulationShift value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.countedAt());
    PopulationCodecs.writePopulation(value.change(), out);
  }

  @Override
  public PopulationShift read(int version, CompactReader in) throws IOException {
    return switch (version) {
      case 1 -> readVersion1(in);
      default -> throw unknown(version);
    };
  }

  private static PopulationShift readVersion1(CompactReader in) throws IOException {
    return new PopulationShift(in.text(), in.instant(), PopulationCodecs.readPopulation(in));
  }
}
