package io.customerpulse.domain.rfm;

/**
 * Where a customer stands in the population that cuts are taken from: all with a counting order in
 * the window. Recency is told by a day, so that nobody moves when a day passes.
 *
 * @param lastDay the tenant's calendar day of the last counting order, days since 1970
 * @param orders counting orders in the window, at least 1
 * @param moneyBin of their net amounts, see {@link #of}
 */
public record RfmPosition(long lastDay, int orders, int moneyBin) {

  /**
   * The place of a customer.
   *
   * @param netMinor net amounts of the orders in the window, in minor units
   */
  public static RfmPosition of(long lastDay, long orders, long netMinor) {
    return new RfmPosition(lastDay, Math.toIntExact(orders), MoneyBins.of(netMinor));
  }
}
