package io.customerpulse.domain.rfm;

/**
 * Divides amounts of money so finely that a bin is at most 1/1024 of its smallest amount wide, and
 * so coarsely that all amounts there are have their place in 55,296 bins. Amounts below 2,048 have
 * a bin of their own; above, each doubling has 1,024 bins of the same width. What is 0 or less is
 * in one bin below all others.
 */
final class MoneyBins {
  private static final int FRACTION_BITS = 10;
  private static final int SIGNIFICANT_BITS = FRACTION_BITS + 1;

  private MoneyBins() {}

  /** The bin of an amount in minor units; greater amounts have no smaller bins. */
  static int of(long amountMinor) {
    if (amountMinor <= 0) {
      return 0;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(amountMinor);
    int shift = Math.max(0, bits - SIGNIFICANT_BITS);
    return (shift << FRACTION_BITS) + (int) (amountMinor >> shift);
  }

  /** The greatest amount in a bin, in minor units. */
  static long greatestOf(int bin) {
    int shift = Math.max(0, (bin >> FRACTION_BITS) - 1);
    long significant = bin - ((long) shift << FRACTION_BITS);
    return ((significant + 1) << shift) - 1;
  }
}
