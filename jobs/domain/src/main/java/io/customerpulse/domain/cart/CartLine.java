package io.customerpulse.domain.cart;

import io.customerpulse.domain.event.Line;
import java.time.Instant;

/**
 * A line of a cart and when it last changed.
 *
 * @param line its quantity is never null; 0 marks a line that was taken out, remembered so that an
 *     older event that comes late doesn't bring it back
 */
public record CartLine(Line line, Instant changedAt) {

  public boolean isThere() {
    return line.quantity() > 0;
  }

  /** Quantity times price in minor units, within the cart's limit; 0 for an unknown price. */
  long valueMinor() {
    if (line.unitPriceMinor() == null || line.quantity() == 0) {
      return 0;
    }
    boolean fits = line.unitPriceMinor() <= Cart.VALUE_LIMIT_MINOR / line.quantity();
    return fits ? line.quantity() * line.unitPriceMinor() : Cart.VALUE_LIMIT_MINOR;
  }
}
