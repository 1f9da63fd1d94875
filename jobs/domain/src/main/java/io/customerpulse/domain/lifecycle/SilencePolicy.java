package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.order.OrderBook;
import java.time.Duration;

/** How long a buyer must be silent to be at risk, dormant and lost. */
public interface SilencePolicy {

  Silence of(OrderBook orders);

  /** Three ascending lengths of silence since the last counting order. */
  record Silence(Duration atRisk, Duration dormant, Duration lost) {}
}
