package io.customerpulse.history.fit;

import java.util.List;
import org.hipparchus.util.FastMath;

/** Parameters of a purchase model; all above 0. */
record Parameters(double r, double alpha, double a, double b) {
  static final List<String> NAMES = List.of("r", "alpha", "a", "b");

  /** From their logarithms, in which the likelihood is smoother, and which may be any number. */
  static Parameters ofLogarithms(double[] logs) {
    return new Parameters(
        FastMath.exp(logs[0]), FastMath.exp(logs[1]), FastMath.exp(logs[2]), FastMath.exp(logs[3]));
  }

  double[] logarithms() {
    return new double[] {FastMath.log(r), FastMath.log(alpha), FastMath.log(a), FastMath.log(b)};
  }

  /** In the order of {@link #NAMES}. */
  List<Double> values() {
    return List.of(r, alpha, a, b);
  }
}
