package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.PopulationHistogram;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The binary form of the population of a tenant: a few bytes per value that occurs in it. */
final class PopulationStateCodec extends Codec<PopulationState> {
  static final PopulationStateCodec INSTANCE = new PopulationStateCodec();

  private PopulationStateCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PopulationState value, CompactWriter out) throws IOException {
    out.text(value.tenantId());
    out.instant(value.takenAt());
    PopulationCodecs.writePopulation(value.counted(), out);
    out.count(value.pending().size());
    for (Map.Entry<Instant, PopulationHistogram> each : value.pending().entrySet()) {
      out.instant(each.getKey());
      PopulationCodecs.writePopulation(each.getValue(), out);
    }
  }

  @Override
  public PopulationState read(int version, CompactReader in) throws IOException {
    String tenantId = in.text();
    Instant takenAt = in.instant();
    PopulationHistogram counted = PopulationCodecs.readPopulation(in);
    SortedMap<Instant, PopulationHistogram> pending = new TreeMap<>();
    for (int left = in.size(); left > 0; left--) {
      Instant snapshot = in.instant();
      pending.put(snapshot, PopulationCodecs.readPopulation(in));
    }
    return new PopulationState(tenantId, takenAt, counted, pending);
  }
}
