package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.Population;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The binary form of the population of a tenant: a few bytes per value that occurs in it. */
final class CensusStateCodec extends Codec<CensusState> {
  static final CensusStateCodec INSTANCE = new CensusStateCodec();

  private CensusStateCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(CensusState value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.takenAt());
    PopulationCodecs.writePopulation(value.counted(), out);
    out.count(value.pending().size());
    for (Map.Entry<Instant, Population> each : value.pending().entrySet()) {
      out.instant(each.getKey());
      PopulationCodecs.writePopulation(each.getValue(), out);
    }
  }

  @Override
  public CensusState read(int version, CompactReader in) throws IOException {
    return switch (version) {
      case 1 -> readVersion1(in);
      default -> throw unknown(version);
    };
  }

  private static CensusState readVersion1(CompactReader in) throws IOException {
    String tenantId = in.text();
    Instant takenAt = in.instant();
    Population counted = PopulationCodecs.readPopulation(in);
    SortedMap<Instant, Population> pending = new TreeMap<>();
    for (int left = in.size(); left > 0; left--) {
      Instant taking = in.instant();
      pending.put(taking, PopulationCodecs.readPopulation(in));
    }
    return new CensusState(tenantId, takenAt, counted, pending);
  }
}
