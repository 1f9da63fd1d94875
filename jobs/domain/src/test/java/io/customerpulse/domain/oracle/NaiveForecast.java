package io.customerpulse.domain.oracle;

import java.time.Duration;
import java.util.function.DoubleBinaryOperator;

/**
 * MBG/NBD as its story goes (Batislam, Denizel, Filiztekin 2007): whoever buys at a rate λ, gamma
 * distributed (r, α), leaves after each purchase with a probability p, beta distributed (a, b). The
 * expectation is integrated over p instead of summed up.
 *
 * @param repeats order days after the first, x
 * @param recency from the first order day to the last, in units
 * @param age from the first order day to now, in units
 */
record NaiveForecast(
    double r, double alpha, double a, double b, long repeats, double recency, double age) {
  /** Of the double exponential rule: beyond this a weight is below 1e-300. */
  private static final double RANGE = 4.5;

  private static final double STEP = 1.0 / 32;

  static double units(Duration duration, Duration unit) {
    return (double) duration.toMillis() / unit.toMillis();
  }

  double probabilityAlive() {
    double silence = (alpha + age) / (alpha + recency);
    return 1 / (1 + a / (b + repeats) * Math.pow(silence, r + repeats));
  }

  /**
   * The order days within a time to come. Who is alive, and leaves with probability p after each
   * purchase, makes (1 − e^(−λpt)) / p of them; λ is gamma distributed (r + x, α + T), p beta
   * distributed (a, b + x + 1).
   *
   * @param horizon in units
   */
  double expectedOrderDays(double horizon) {
    double stay = horizon / (alpha + age);
    double shape = r + repeats;
    double weighed =
        integral((p, q) -> -Math.expm1(-shape * Math.log1p(p * stay)) / p * density(p, q));
    return probabilityAlive() * weighed / integral(this::density);
  }

  /** That of p but for a factor; q is 1 − p, with all its digits where p is near 1. */
  private double density(double p, double q) {
    return Math.pow(p, a - 1) * Math.pow(q, b + repeats);
  }

  /** From 0 to 1, by the double exponential rule, which ends with poles do no harm. */
  private static double integral(DoubleBinaryOperator function) {
    double sum = 0;
    for (double t = -RANGE; t <= RANGE; t += STEP) {
      double bend = Math.PI * Math.sinh(t);
      double p = 1 / (1 + Math.exp(-bend));
      double q = 1 / (1 + Math.exp(bend));
      sum += function.applyAsDouble(p, q) * Math.PI * Math.cosh(t) * p * q;
    }
    return sum * STEP;
  }
}
