package io.customerpulse.history.fit;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/**
 * A purchase model, which says how likely a history (x, t_x, T) is. With B(·,·) the beta function,
 * the likelihood of both has the form
 *
 * <pre>
 * Γ(r+x) α^r / Γ(r) · [ stayed / (α+T)^(r+x) + left / (α+t_x)^(r+x) ]
 * </pre>
 */
enum PurchaseModel {
  /**
   * Customers may leave after each repeated purchase: Fader, Hardie and Lee, <i>"Counting Your
   * Customers" the Easy Way</i>, Marketing Science 24 (2005), equation 6.
   *
   * <pre>stayed = B(a, b+x) / B(a,b), left = B(a+1, b+x−1) / B(a,b), 0 where x = 0</pre>
   */
  BG_NBD("BG/NBD", 0),

  /**
   * Customers may leave after the first purchase too: Batislam, Denizel and Filiztekin,
   * International Journal of Research in Marketing 24 (2007). It is what the settings ask for.
   *
   * <pre>stayed = B(a, b+x+1) / B(a,b), left = B(a+1, b+x) / B(a,b)</pre>
   */
  MBG_NBD("MBG/NBD", 1);

  private final String title;
  private final int chancesToLeaveAtFirst;

  PurchaseModel(String title, int chancesToLeaveAtFirst) {
    this.title = title;
    this.chancesToLeaveAtFirst = chancesToLeaveAtFirst;
  }

  /** As the literature calls it. */
  String title() {
    return title;
  }

  /** The logarithm of the likelihood of a whole sample. */
  double logLikelihood(Parameters parameters, Sample sample) {
    double perCount =
        sample.sumOverCounts((repeats, customers) -> customers * logOfCount(parameters, repeats));
    return perCount + sample.sumOverHistories((x, tx, age) -> logOfTimes(parameters, x, tx, age));
  }

  /** What depends on x alone: the factor before the bracket, and {@code stayed}. */
  private double logOfCount(Parameters p, int repeats) {
    double stayed =
        Beta.logBeta(p.a(), p.b() + repeats + chancesToLeaveAtFirst) - Beta.logBeta(p.a(), p.b());
    return Gamma.logGamma(p.r() + repeats)
        - Gamma.logGamma(p.r())
        + p.r() * FastMath.log(p.alpha())
        + stayed;
  }

  /** The bracket divided by {@code stayed}. */
  private double logOfTimes(Parameters p, int repeats, double recency, double age) {
    double power = p.r() + repeats;
    double logAge = FastMath.log(p.alpha() + age);
    double log = -power * logAge;
    int chancesToLeave = repeats + chancesToLeaveAtFirst;
    if (chancesToLeave == 0) {
      return log;
    }
    double logOdds =
        FastMath.log(p.a() / (p.b() + chancesToLeave - 1))
            + power * (logAge - FastMath.log(p.alpha() + recency));
    return log + FastMath.max(logOdds, 0) + FastMath.log1p(FastMath.exp(-FastMath.abs(logOdds)));
  }
}
