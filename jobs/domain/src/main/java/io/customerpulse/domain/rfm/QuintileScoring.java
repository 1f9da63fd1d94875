package io.customerpulse.domain.rfm;

import io.customerpulse.domain.rfm.CutHistory.EffectiveCuts;
import java.time.Instant;

/** By the place within the population, as cuts taken from it at some midnight tell. */
public record QuintileScoring(CutHistory history) implements Scoring {

  @Override
  public Scores score(String tenantId, Instant at, Rfm values) {
    return score(history.effectiveAt(tenantId, at), values);
  }

  @Override
  public Scores scoreAtEnd(String tenantId, Instant asOf, Rfm values) {
    return score(history.latest(tenantId), values);
  }

  private static Scores score(EffectiveCuts cuts, Rfm values) {
    if (values.orders() == 0) {
      return Scores.lowest(cuts == null ? null : cuts.points().cuts().version());
    }
    return cuts == null ? null : cuts.points().cuts().scoreByQuintiles(values);
  }

  @Override
  public boolean isOutdated(String tenantId, Instant at) {
    EffectiveCuts cuts = history.effectiveAt(tenantId, at);
    return cuts != null && !at.isBefore(cuts.endsAt());
  }
}
