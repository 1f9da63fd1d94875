package io.customerpulse.domain.customer;

import io.customerpulse.domain.rfm.RfmPosition;
import java.time.Instant;

/**
 * What the population was told of a customer last.
 *
 * @param position null for somebody who isn't in it
 * @param until the midnight at which the oldest order leaves the window; null without one
 */
public record PopulationEntry(RfmPosition position, Instant until) {
  public static final PopulationEntry NONE = new PopulationEntry(null, null);

  /** Whether an order that was in the window isn't any more. */
  boolean isOverAt(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
