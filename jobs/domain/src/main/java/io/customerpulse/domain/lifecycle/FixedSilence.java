package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.order.OrderBook;

/** The same lengths of silence for every buyer. */
public record FixedSilence(Silence silence) implements SilencePolicy {

  @Override
  public Silence of(OrderBook orders) {
    return silence;
  }
}
