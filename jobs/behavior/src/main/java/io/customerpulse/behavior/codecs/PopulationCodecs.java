package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.rfm.Histogram;
import io.customerpulse.domain.rfm.PopulationHistogram;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The binary form of the parts that states and messages about the population share. */
final class PopulationCodecs {
  private PopulationCodecs() {}

  static void writePosition(RfmPosition position, CompactWriter out) throws IOException {
    out.flag(position != null);
    if (position != null) {
      out.number(position.lastDay());
      out.count(position.orders());
      out.count(position.moneyBin());
    }
  }

  static RfmPosition readPosition(CompactReader in) throws IOException {
    return in.flag() ? new RfmPosition(in.number(), in.size(), in.size()) : null;
  }

  static void writePopulation(PopulationHistogram population, CompactWriter out)
      throws IOException {
    writeHistogram(population.lastDays(), out);
    writeHistogram(population.orders(), out);
    writeHistogram(population.moneyBins(), out);
  }

  static PopulationHistogram readPopulation(CompactReader in) throws IOException {
    return new PopulationHistogram(readHistogram(in), readHistogram(in), readHistogram(in));
  }

  private static void writeHistogram(Histogram histogram, CompactWriter out) throws IOException {
    out.count(histogram.size());
    long previous = 0;
    for (int i = 0; i < histogram.size(); i++) {
      out.number(histogram.value(i) - previous);
      out.number(histogram.count(i));
      previous = histogram.value(i);
    }
  }

  private static Histogram readHistogram(CompactReader in) throws IOException {
    SortedMap<Long, Long> counts = new TreeMap<>();
    long previous = 0;
    for (int left = in.size(); left > 0; left--) {
      previous += in.number();
      counts.put(previous, in.number());
    }
    return Histogram.of(counts);
  }
}
