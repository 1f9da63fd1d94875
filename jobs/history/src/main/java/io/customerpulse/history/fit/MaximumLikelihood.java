package io.customerpulse.history.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Climbs the likelihood of a sample from several places, in the logarithms of the parameters, by
 * the method of Nelder and Mead, and from the best place once more until it climbs no further.
 */
final class MaximumLikelihood {
  private static final double RELATIVE = 1e-13;
  private static final double ABSOLUTE = 1e-9;
  private static final int MAX_EVALUATIONS = 20_000;
  private static final int MAX_CLIMBS = 20;
  private static final double FIRST_STEP = 0.7;
  private static final double LATER_STEP = 0.1;

  /** A climb that gains less was at the top already. */
  private static final double GAIN = 1e-7;

  /** Beyond exp(±14), a millionth and a million, no customers are described any more. */
  private static final double FARTHEST = 14;

  /** Of the differences that stand for derivatives. */
  private static final double STEP = 1e-3;

  private final PurchaseModel model;
  private final Sample sample;
  private final DoubleConsumer progress;

  /**
   * A climber.
   *
   * @param progress is told the best logarithm of the likelihood so far, at each evaluation
   */
  MaximumLikelihood(PurchaseModel model, Sample sample, DoubleConsumer progress) {
    this.model = model;
    this.sample = sample;
    this.progress = progress;
  }

  Estimate estimate() {
    PointValuePair best = null;
    for (Parameters start : starts()) {
      PointValuePair top = climb(start.logarithms(), FIRST_STEP);
      best = best == null || top.getValue() > best.getValue() ? top : best;
    }
    for (int i = 0; i < MAX_CLIMBS; i++) {
      PointValuePair higher = climb(best.getPoint(), LATER_STEP);
      double gain = higher.getValue() - best.getValue();
      best = gain > 0 ? higher : best;
      if (gain < GAIN) {
        break;
      }
    }
    Parameters parameters = Parameters.ofLogarithms(best.getPoint());
    return new Estimate(model, parameters, best.getValue(), standardErrors(best.getPoint()));
  }

  /** Rare and frequent buyers, who stay or leave soon; α goes with the time observed. */
  private List<Parameters> starts() {
    double age = Math.max(sample.meanAge(), 1e-3);
    return List.of(
        new Parameters(0.5, age / 5, 1, 2),
        new Parameters(2, age / 2, 0.3, 3),
        new Parameters(0.2, age / 20, 2, 2),
        new Parameters(5, age, 0.5, 0.5));
  }

  private PointValuePair climb(double[] start, double step) {
    return new SimplexOptimizer(RELATIVE, ABSOLUTE)
        .optimize(
            new MaxEval(MAX_EVALUATIONS),
            new ObjectiveFunction(this::told),
            GoalType.MAXIMIZE,
            new InitialGuess(start),
            new NelderMeadSimplex(start.length, step));
  }

  private double told(double[] logs) {
    double value = logLikelihood(logs);
    progress.accept(value);
    return value;
  }

  private double logLikelihood(double[] logs) {
    for (double log : logs) {
      if (!(Math.abs(log) <= FARTHEST)) {
        return -Double.MAX_VALUE;
      }
    }
    return model.logLikelihood(Parameters.ofLogarithms(logs), sample);
  }

  /**
   * From the curvature at the top: the inverse of the negative Hessian is the covariance of the
   * logarithms; a parameter's own error is that of its logarithm times the parameter.
   */
  private List<Double> standardErrors(double[] top) {
    RealMatrix information = MatrixUtils.createRealMatrix(top.length, top.length);
    for (int i = 0; i < top.length; i++) {
      for (int j = 0; j <= i; j++) {
        double curvature = -secondDerivative(top, i, j);
        information.setEntry(i, j, curvature);
        information.setEntry(j, i, curvature);
      }
    }
    try {
      RealMatrix covariance = new CholeskyDecomposition(information).getSolver().getInverse();
      List<Double> errors = new ArrayList<>();
      for (int i = 0; i < top.length; i++) {
        errors.add(Math.exp(top[i]) * Math.sqrt(covariance.getEntry(i, i)));
      }
      return errors.stream().allMatch(Double::isFinite) ? List.copyOf(errors) : null;
    } catch (MathRuntimeException e) {
      // Not positive definite: along some direction the sample says nothing.
      return null;
    }
  }

  private double secondDerivative(double[] top, int i, int j) {
    double sum = 0;
    for (int first = -1; first <= 1; first += 2) {
      for (int second = -1; second <= 1; second += 2) {
        double[] point = Arrays.copyOf(top, top.length);
        point[i] += first * STEP;
        point[j] += second * STEP;
        sum += first * second * logLikelihood(point);
      }
    }
    return sum / (4 * STEP * STEP);
  }
}
