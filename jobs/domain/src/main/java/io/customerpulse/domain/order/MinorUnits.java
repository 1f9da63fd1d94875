package io.customerpulse.domain.order;

/** Sums of money, in minor units, that have no end: of all orders a customer ever made. */
final class MinorUnits {
  private MinorUnits() {}

  /** The sum of two amounts from 0 on; where no long holds it, the greatest that there is. */
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
