package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of a delta. */
final class HistogramDeltaCodec extends Codec<HistogramDelta> {
  static final HistogramDeltaCodec INSTANCE = new HistogramDeltaCodec();

  private HistogramDeltaCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(HistogramDelta value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.snapshotAt());
    PopulationCodecs.writePopulation(value.change(), out);
  }

  @Override
  public HistogramDelta read(int version, CompactReader in) throws IOException {
    return new HistogramDelta(in.text(), in.instant(), PopulationCodecs.readPopulation(in));
  }
}
