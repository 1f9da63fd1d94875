package io.customerpulse.domain.rfm;

import java.time.Instant;

/** By fixed cuts, whatever the others do. */
public record ThresholdScoring(Cuts cuts) implements Scoring {

  @Override
  public Scores score(String tenantId, Instant at, Rfm values) {
    return values.orders() == 0 ? Scores.lowest(cuts.version()) : cuts.scoreByThresholds(values);
  }

  @Override
  public Scores scoreAtEnd(String tenantId, Instant asOf, Rfm values) {
    return score(tenantId, asOf, values);
  }

  @Override
  public boolean isOutdated(String tenantId, Instant at) {
    return false;
  }
}
