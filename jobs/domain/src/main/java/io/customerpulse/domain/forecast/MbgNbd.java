package io.customerpulse.domain.forecast;

import java.io.Serializable;
import java.time.Duration;

/**
 * The MBG/NBD model of Batislam, Denizel and Filiztekin, <i>Empirical validation and comparison of
 * models for customer base analysis</i>, International Journal of Research in Marketing 24 (2007).
 * A customer buys at random at a rate of their own, which is gamma distributed over the population
 * (shape r, rate α), and after every purchase, the first included, leaves for good with a
 * probability of their own, which is beta distributed (a, b).
 *
 * <p>All computations are sums of positive terms or differences of logarithms without cancellation,
 * and use {@link StrictMath}: the same history gives the same bits on every machine.
 *
 * @param r above 0
 * @param alpha above 0, in units
 * @param a above 0
 * @param b above 0
 * @param unit in which time is counted
 */
public record MbgNbd(double r, double alpha, double a, double b, Duration unit)
    implements Serializable {

  /** A term below this share of the sum so far no longer shows in a double. */
  private static final double NEGLIGIBLE = 1e-17;

  /** Below the logarithm of this a probability would lose digits as a subnormal double. */
  private static final double SMALLEST_LOG = -700;

  /**
   * The probability that the customer still buys:
   *
   * <pre>1 / (1 + a/(b+x) · ((α+T)/(α+t_x))^(r+x))</pre>
   */
  public double probabilityAlive(BuyingHistory history) {
    double x = history.repeats();
    double logOdds =
        StrictMath.log(a / (b + x))
            + (r + x)
                * StrictMath.log1p(
                    (history.age() - history.recency()) / (alpha + history.recency()));
    return 1 / (1 + StrictMath.exp(logOdds));
  }

  /**
   * How long after the last order day the probability falls to a threshold, in units; not above 0
   * where it is below from the beginning, and infinite where it is too long for a double. This is
   * {@link #probabilityAlive} solved for T, less t_x:
   *
   * <pre>T* = (α+t_x) · [(1/p − 1)(b+x)/a]^(1/(r+x)) − α</pre>
   *
   * @param probability between 0 and 1, both exclusive
   */
  public double silenceUntil(double probability, long repeats, double recency) {
    double x = repeats;
    double logRatio = StrictMath.log((1 / probability - 1) * (b + x) / a) / (r + x);
    return (alpha + recency) * StrictMath.expm1(logRatio);
  }

  /**
   * How many order days are to be expected within a time from now. Given that the customer is
   * alive, the rate is gamma distributed (r+x, α+T) and the probability of leaving beta distributed
   * (a, b+x+1). If nobody left, the purchases K within t would be negative binomial with r+x and z
   * = t/(α+T+t); the (j+1)-th of them happens if the customer has stayed after j. Hence
   *
   * <pre>P(alive) · Σ_k P(K = k) · Σ_{j&lt;k} (b+x+1)_j / (a+b+x+1)_j</pre>
   *
   * <p>where (·)_j is the rising factorial. In closed form that is
   *
   * <pre>P(alive) · (a+b+x)/(a−1) · [1 − ((α+T)/(α+T+t))^(r+x) · 2F1(r+x, b+x+1; a+b+x; z)]</pre>
   *
   * <p>the conditional expectation of Batislam, Denizel and Filiztekin (2007) as corrected by
   * Wagner and Hoppe, <i>Erratum on the MBG/NBD model</i>, International Journal of Research in
   * Marketing 25 (2008). That form has a pole at a = 1, beside which its digits cancel, and a
   * shop's parameters are often near it; the sum has only positive terms. It takes some hundred of
   * them for ordinary parameters; {@link #leastAlpha} keeps it below a million for all.
   *
   * @param horizon from now, in units
   */
  public double expectedOrderDays(BuyingHistory history, double horizon) {
    double x = history.repeats();
    double n = r + x;
    double z = horizon / (alpha + history.age() + horizon);
    double stays = 1; // (b+x+1)_j / (a+b+x+1)_j
    double happen = 0; // of k purchases, those before the customer leaves
    double logWeight = n * StrictMath.log1p(-z); // of P(K = k)
    double weight = StrictMath.exp(logWeight);
    double sum = 0;
    for (long k = 0; ; k++) {
      sum += weight * happen;
      double ratio = z * (n + k) / (k + 1);
      boolean falling = ratio < 1 && k > 0;
      if (falling && restAfter(weight * happen, Math.max(ratio, z)) <= NEGLIGIBLE * sum) {
        return probabilityAlive(history) * sum;
      }
      happen += stays;
      stays *= (b + x + 1 + k) / (a + b + x + 1 + k);
      if (logWeight > SMALLEST_LOG) {
        weight *= ratio;
      } else {
        logWeight += StrictMath.log(ratio);
        weight = StrictMath.exp(logWeight);
      }
    }
  }

  /** Bounds the sum of what follows a term: weights fall by a ratio, what they weigh grows by 1. */
  private static double restAfter(double term, double ratio) {
    double left = 1 - ratio;
    return term / (left * left);
  }

  /**
   * The smallest α for which a horizon can be looked over: below it, even customers who have just
   * bought for the first time would be expected to buy many thousand times.
   *
   * @param horizon in units
   */
  public static double leastAlpha(double r, double horizon) {
    return Math.max(horizon / 10_000, r * horizon / 100_000);
  }

  /** A length of time in units. */
  public double units(Duration duration) {
    return (double) duration.toMillis() / unit.toMillis();
  }
}
