package io.customerpulse.history.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaximumLikelihoodTest {
  private static final long SEED = 19970930;

  @Test
  void recoversTheParametersOfBgNbd() {
    recovers(PurchaseModel.BG_NBD, new Parameters(0.243, 4.414, 0.793, 2.426));
    recovers(PurchaseModel.BG_NBD, new Parameters(1.5, 12, 1.2, 4));
  }

  @Test
  void recoversTheParametersOfMbgNbd() {
    recovers(PurchaseModel.MBG_NBD, new Parameters(0.525, 6.183, 0.891, 1.614));
    recovers(PurchaseModel.MBG_NBD, new Parameters(1.5, 12, 1.2, 4));
  }

  private static void recovers(PurchaseModel model, Parameters truth) {
    Sample sample = new SimulatedBuyers(model, truth, SEED).sample(4000, 27, 52);
    Estimate estimate = estimate(model, sample);
    for (int i = 0; i < Parameters.NAMES.size(); i++) {
      assertThat(estimate.parameters().values().get(i))
          .as("%s of %s, seed %d: %s", Parameters.NAMES.get(i), model, SEED, estimate)
          .isCloseTo(truth.values().get(i), within(2 * estimate.standardErrors().get(i)));
    }
    assertThat(estimate.logLikelihood()).isGreaterThan(model.logLikelihood(truth, sample));
  }

  private static Estimate estimate(PurchaseModel model, Sample sample) {
    return new MaximumLikelihood(model, sample, value -> {}).estimate();
  }

  /** The likelihood of each, by hand, from the papers' own formulas. */
  @Test
  void likelihoodsAreThoseOfThePapers() {
    // With r = a = b = 1 and α = 2: B(1, n) = 1/n and B(2, n) = 1/(n(n+1)).
    Parameters p = new Parameters(1, 2, 1, 1);
    Sample once = sample(0, 0, 6);
    Sample twice = sample(1, 2, 6);
    assertThat(PurchaseModel.BG_NBD.logLikelihood(p, once)).isCloseTo(Math.log(2.0 / 8), small());
    assertThat(PurchaseModel.BG_NBD.logLikelihood(p, twice))
        .isCloseTo(Math.log(1.0 / 2 * 2 / 64 + 1.0 / 2 * 2 / 16), small());
    assertThat(PurchaseModel.MBG_NBD.logLikelihood(p, once))
        .isCloseTo(Math.log(1.0 / 2 * 2 / 8 + 1.0 / 2 * 2 / 2), small());
    assertThat(PurchaseModel.MBG_NBD.logLikelihood(p, twice))
        .isCloseTo(Math.log(1.0 / 3 * 2 / 64 + 1.0 / 6 * 2 / 16), small());
  }

  private static org.assertj.core.data.Offset<Double> small() {
    return within(1e-12);
  }

  private static Sample sample(int repeats, double recency, double age) {
    return new Sample(
        new int[] {repeats}, new double[] {recency}, new double[] {age}, new int[] {1});
  }

  /** Where everybody is alike, the likelihood has no top; climbing ends all the same. */
  @Test
  void aSampleThatSaysTooLittleIsFittedWithinBounds() {
    Sample sample =
        new Sample(new int[] {0, 1}, new double[] {0, 10}, new double[] {10, 10}, new int[] {5, 5});
    Estimate estimate = estimate(PurchaseModel.BG_NBD, sample);
    assertThat(estimate.logLikelihood()).isNegative();
    assertThat(estimate.parameters().values())
        .allSatisfy(value -> assertThat(value).isBetween(8e-7, 1.3e6));
  }
}
