package io.customerpulse.domain.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customerpulse.domain.oracle.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MbgNbdTest {
  private static final Duration WEEK = Duration.ofDays(7);

  /** As published for CDNOW, in weeks. */
  private static final MbgNbd CDNOW = new MbgNbd(0.525, 6.183, 0.891, 1.614, WEEK);

  private static final List<MbgNbd> MODELS =
      List.of(
          CDNOW,
          new MbgNbd(0.525, 43.281, 0.891, 1.614, Duration.ofDays(1)),
          new MbgNbd(2.5, 3, 1, 4, WEEK),
          new MbgNbd(1, 10, 0.3, 5, WEEK),
          new MbgNbd(6, 1.5, 4, 0.7, WEEK));

  private static final List<BuyingHistory> HISTORIES =
      List.of(
          new BuyingHistory(0, 0, 0),
          new BuyingHistory(0, 0, 0.3),
          new BuyingHistory(0, 0, 38.86),
          new BuyingHistory(0, 0, 400),
          new BuyingHistory(1, 0.01, 0.01),
          new BuyingHistory(1, 3, 38),
          new BuyingHistory(2, 30.43, 38.86),
          new BuyingHistory(7, 29.5, 31),
          new BuyingHistory(7, 5, 60),
          new BuyingHistory(40, 50, 50),
          new BuyingHistory(40, 50, 55));

  @Test
  void agreesWithIntegralsOverAllCustomers() {
    for (MbgNbd model : MODELS) {
      for (BuyingHistory history : HISTORIES) {
        Integrals integrals = new Integrals(model, history);
        assertThat(model.probabilityAlive(history))
            .as("%s %s", model, history)
            .isCloseTo(integrals.probabilityAlive(), closeTo(integrals.probabilityAlive()));
        for (double horizon : new double[] {0.5, 90.0 / 7, 100}) {
          double expected = integrals.expectedOrderDays(horizon);
          assertThat(model.expectedOrderDays(history, horizon))
              .as("%s %s within %s", model, history, horizon)
              .isCloseTo(expected, closeTo(expected));
        }
      }
    }
  }

  private static Offset<Double> closeTo(double expected) {
    return within(1e-9 * expected);
  }

  @Test
  void agreesWithTheClosedForm() {
    for (MbgNbd model : MODELS) {
      if (model.a() != 1) {
        for (BuyingHistory history : HISTORIES) {
          double expected = closedForm(model, history, 90.0 / 7);
          assertThat(model.expectedOrderDays(history, 90.0 / 7))
              .as("%s %s", model, history)
              .isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
        }
      }
    }
  }

  private static double closedForm(MbgNbd model, BuyingHistory history, double horizon) {
    double x = history.repeats();
    double alpha = model.alpha() + history.age();
    double z = horizon / (alpha + horizon);
    double power = Math.pow(alpha / (alpha + horizon), model.r() + x);
    double series = hypergeometric(model.r() + x, model.b() + x + 1, model.a() + model.b() + x, z);
    double factor = (model.a() + model.b() + x) / (model.a() - 1);
    return factor * (1 - power * series) * model.probabilityAlive(history);
  }

  private static double hypergeometric(double a, double b, double c, double z) {
    double term = 1;
    double sum = 0;
    for (int k = 0; k < 5000; k++) {
      sum += term;
      term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
    }
    return sum;
  }

  /** Customers are drawn, live and leave; those whose history is like the given one are counted. */
  @Test
  void agreesWithSimulatedCustomers() {
    Seeds.tryEach(getClass(), 1, 1, MbgNbdTest::agreesWithSimulatedCustomers);
  }

  private static void agreesWithSimulatedCustomers(long seed) {
    Random random = new Random(seed);
    double age = 30;
    double horizon = 13;
    int alive = 0;
    int alike = 0;
    long orders = 0;
    long squares = 0;
    for (int customer = 0; customer < 2_000_000; customer++) {
      // r = 1 and a = b = 1, because exponential and uniform values are easy to draw.
      double rate = -Math.log(1 - random.nextDouble()) / 8;
      double leaves = random.nextDouble();
      boolean lives = random.nextDouble() >= leaves;
      double next = lives ? -Math.log(1 - random.nextDouble()) / rate : 1e9;
      double last = 0;
      int repeats = 0;
      while (next <= age) {
        last = next;
        repeats++;
        lives = random.nextDouble() >= leaves;
        next = lives ? next - Math.log(1 - random.nextDouble()) / rate : 1e9;
      }
      if (repeats == 2 && last > 14.5 && last < 15.5) {
        alike++;
        alive += lives ? 1 : 0;
        int later = 0;
        while (next <= age + horizon) {
          later++;
          lives = random.nextDouble() >= leaves;
          next = lives ? next - Math.log(1 - random.nextDouble()) / rate : 1e9;
        }
        orders += later;
        squares += (long) later * later;
      }
    }
    MbgNbd model = new MbgNbd(1, 8, 1, 1, WEEK);
    BuyingHistory history = new BuyingHistory(2, 15, age);
    assertThat(alike).isGreaterThan(3000);
    // Within five standard errors, which one seed of a million misses by chance.
    double share = (double) alive / alike;
    assertThat(share)
        .isCloseTo(
            model.probabilityAlive(history), within(5 * Math.sqrt(share * (1 - share) / alike)));
    double mean = (double) orders / alike;
    double variance = (double) squares / alike - mean * mean;
    assertThat(mean)
        .isCloseTo(
            model.expectedOrderDays(history, horizon), within(5 * Math.sqrt(variance / alike)));
  }

  @Test
  void aThresholdIsReachedWhereItSays() {
    Seeds.tryEach(getClass(), 1, 1, MbgNbdTest::aThresholdIsReachedWhereItSays);
  }

  private static void aThresholdIsReachedWhereItSays(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      MbgNbd model = randomModel(random);
      long repeats = random.nextInt(4) == 0 ? 0 : random.nextInt(300);
      double recency = repeats * (0.2 + random.nextDouble());
      double threshold = 0.001 + 0.998 * random.nextDouble();
      double silence = model.silenceUntil(threshold, repeats, recency);
      double now = model.probabilityAlive(new BuyingHistory(repeats, recency, recency));
      assertThat(silence > 0).as("%s", model).isEqualTo(now > threshold);
      if (silence > 0 && silence < 1e6) {
        BuyingHistory then = new BuyingHistory(repeats, recency, recency + silence);
        assertThat(model.probabilityAlive(then))
            .as("%s %s", model, then)
            .isCloseTo(threshold, within(1e-12));
      }
    }
  }

  private static MbgNbd randomModel(Random random) {
    return new MbgNbd(
        0.05 + 3 * random.nextDouble(),
        0.5 + 20 * random.nextDouble(),
        0.05 + 3 * random.nextDouble(),
        0.05 + 6 * random.nextDouble(),
        WEEK);
  }

  @Test
  void fallsSmoothlyInSilenceAndExpectsLess() {
    for (long repeats : new long[] {0, 1, 30, 5000}) {
      double probability = 1;
      double orders = Double.MAX_VALUE;
      for (double silence = 0; silence < 2000; silence = 1.3 * silence + 0.001) {
        BuyingHistory history = new BuyingHistory(repeats, repeats, repeats + silence);
        double p = CDNOW.probabilityAlive(history);
        double e = CDNOW.expectedOrderDays(history, 13);
        assertThat(p).isBetween(0.0, probability);
        assertThat(e).isBetween(0.0, orders);
        probability = p;
        orders = e;
      }
    }
  }

  /** Where the closed form divides 0 by 0, and around it. */
  @Test
  void nothingHappensWhereTheClosedFormHasAPole() {
    BuyingHistory history = new BuyingHistory(3, 20, 25);
    double at = new MbgNbd(0.5, 6, 1, 2, WEEK).expectedOrderDays(history, 13);
    for (double beside : new double[] {-1e-9, -1e-13, 1e-13, 1e-9}) {
      assertThat(new MbgNbd(0.5, 6, 1 + beside, 2, WEEK).expectedOrderDays(history, 13))
          .isCloseTo(at, within(1e-8));
    }
  }

  @Test
  void staysFiniteAtTheEndsOfWhatIsAllowed() {
    List<BuyingHistory> extremes = new ArrayList<>(HISTORIES);
    extremes.add(new BuyingHistory(1, 1e-9, 1e-9));
    extremes.add(new BuyingHistory(100_000, 100_000, 100_000));
    extremes.add(new BuyingHistory(36_500, 5200, 1e6));
    double horizon = 90;
    for (double r : new double[] {1e-6, 0.5, 1000, 1e6}) {
      for (double a : new double[] {1e-6, 1, 1e6}) {
        for (double b : new double[] {1e-6, 1, 1e6}) {
          double alpha = Math.max(1e-6, MbgNbd.leastAlpha(r, horizon));
          for (MbgNbd model :
              List.of(
                  new MbgNbd(r, alpha, a, b, Duration.ofDays(1)),
                  new MbgNbd(r, 1e6, a, b, Duration.ofDays(1)))) {
            for (BuyingHistory history : extremes) {
              assertThat(model.probabilityAlive(history)).isBetween(0.0, 1.0);
              assertThat(model.expectedOrderDays(history, horizon))
                  .as("%s %s", model, history)
                  .isBetween(0.0, 1e7);
              assertThat(model.silenceUntil(0.5, history.repeats(), history.recency())).isNotNaN();
            }
          }
        }
      }
    }
  }

  /**
   * The definitions themselves, integrated over what customers may be like: a rate λ and a
   * probability p of leaving. Substituting λ = exp(u) and p = 1/(1+exp(−v)) makes the integrands
   * vanish at both ends, where the trapezoid rule is as good as exact.
   */
  private static final class Integrals {
    private static final double STEP = 0.12;
    private final List<double[]> rates;
    private final List<double[]> leavings;
    private double still;
    private double gone;

    /** How likely each (λ, p) is, up to one factor, and what comes out if it holds. */
    Integrals(MbgNbd model, BuyingHistory history) {
      rates = new ArrayList<>();
      leavings = new ArrayList<>();
      double x = history.repeats();
      double shift = logRateDensity(model, history, peak(model, history));
      for (double u = -90; u < 12; u += STEP) {
        double rate = Math.exp(u);
        double weight = Math.exp(logRateDensity(model, history, u) - shift);
        if (weight > 1e-25) {
          double wait = history.age() - history.recency();
          rates.add(new double[] {rate, weight * Math.exp(-rate * wait), weight});
        }
      }
      for (double v = -120; v < 120; v += STEP) {
        double logP = -Math.log1p(Math.exp(-v));
        double logQ = -Math.log1p(Math.exp(v));
        // Stayed after each of x + 1 purchases; or after x, and left after the last.
        double stayed = Math.exp(model.a() * logP + (model.b() + x + 1) * logQ);
        double left = Math.exp((model.a() + 1) * logP + (model.b() + x) * logQ);
        if (stayed + left > 1e-40) {
          leavings.add(new double[] {Math.exp(logP), stayed, left});
        }
      }
      for (double[] rate : rates) {
        for (double[] leaving : leavings) {
          still += rate[1] * leaving[1];
          gone += rate[2] * leaving[2];
        }
      }
    }

    private static double peak(MbgNbd model, BuyingHistory history) {
      return Math.log((model.r() + history.repeats()) / (model.alpha() + history.recency()));
    }

    /** Of u = log λ, given x purchases up to t_x. */
    private static double logRateDensity(MbgNbd model, BuyingHistory history, double u) {
      return (model.r() + history.repeats()) * u
          - (model.alpha() + history.recency()) * Math.exp(u);
    }

    double probabilityAlive() {
      return still / (still + gone);
    }

    double expectedOrderDays(double horizon) {
      double sum = 0;
      for (double[] rate : rates) {
        for (double[] leaving : leavings) {
          double orders = -Math.expm1(-rate[0] * leaving[0] * horizon) / leaving[0];
          sum += rate[1] * leaving[1] * orders;
        }
      }
      return sum / (still + gone);
    }
  }
}
