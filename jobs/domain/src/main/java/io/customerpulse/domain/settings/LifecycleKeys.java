package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.forecast.MbgNbd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings of when a customer changes stage, and of the forecast. */
final class LifecycleKeys {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final ValueType<Duration> POSITIVE_DURATION =
      ValueType.duration(Duration.ofMillis(1));

  private static final Key<Settings.Policy> POLICY =
      Key.choice(
          "policy",
          List.of(Settings.Policy.values()),
          Settings.Policy.FIXED,
          "what makes silence long: the same lengths for all, multiples of a buyer's own rhythm, or"
              + " the probability that the buyer is gone; more in"
              + " [jobs/README.md](../jobs/README.md#5-lifecycle)");

  private static final Key<List<Duration>> SILENCE =
      BoundedKeys.ascending(
          "silence",
          POSITIVE_DURATION,
          List.of(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
          "silence since the last order after which a buyer is at risk, dormant, lost",
          "above 0");

  private static final Key<Integer> LOYAL_ORDERS =
      Key.integer("loyal_orders", 1, 500, 5, "orders within `rfm.window` that make a buyer loyal");

  private static final Key<List<Double>> PROBABILITY =
      BoundedKeys.descending(
          "probability",
          ValueType.decimal("0.000001", "0.999999").as(BigDecimal::doubleValue),
          List.of(0.5, 0.25, 0.05),
          "probabilities of being alive at which a buyer is at risk, dormant, lost",
          "0.000001 to 0.999999");

  private static final Key<List<Duration>> PROBABILITY_LATEST =
      BoundedKeys.ascending(
          "probability_latest",
          ValueType.duration(DAY),
          List.of(Duration.ofDays(365), Duration.ofDays(730), Duration.ofDays(1095)),
          "by this silence they count as reached, whatever the model says",
          "from `1d`");

  private static final Key<Duration> HORIZON =
      BoundedKeys.duration(
          "horizon",
          DAY,
          Duration.ofDays(3650),
          Duration.ofDays(90),
          "how far ahead `expected_orders_90d` looks; its name stays");

  private static final Key<Integer> GAPS =
      Key.integer(
          "gaps",
          2,
          100,
          20,
          "so many of the last gaps between order days have their median taken; with fewer than"
              + " three order days `lifecycle.silence` counts");

  private static final Key<List<Duration>> BOUNDS =
      BoundedKeys.ascending(
          "bounds",
          POSITIVE_DURATION,
          List.of(Duration.ofDays(10), Duration.ofDays(90)),
          "the median counts as no less and no more than these",
          "above 0");

  private static final Key<List<BigDecimal>> FACTORS =
      BoundedKeys.ascending(
          "factors",
          ValueType.decimal("0.01", "100"),
          List.of(new BigDecimal("1.5"), new BigDecimal("2"), new BigDecimal("4")),
          "multiples of the median after which a buyer is at risk, dormant, lost",
          "0.01 to 100");

  // CDNOW's customers, as Batislam, Denizel and Filiztekin (2007) fitted them.
  private static final Key<Double> R = parameter("r", 0.525);
  private static final Key<Double> ALPHA = parameter("alpha", 6.183);
  private static final Key<Double> A = parameter("a", 0.891);
  private static final Key<Double> B = parameter("b", 1.614);

  private static final Key<Duration> UNIT =
      Key.of(
              "unit",
              ValueType.choice(Map.of("days", DAY, "weeks", WEEK)),
              WEEK,
              "of the times that the parameters were estimated from",
              "`days`, `weeks`")
          .described("`weeks`", "`days`, `weeks`");

  static final SectionKeys LIFECYCLE =
      SectionKeys.of(
          "lifecycle", POLICY, SILENCE, LOYAL_ORDERS, PROBABILITY, PROBABILITY_LATEST, HORIZON);
  static final SectionKeys CADENCE = SectionKeys.of("lifecycle.cadence", GAPS, BOUNDS, FACTORS);
  static final SectionKeys MODEL = SectionKeys.of("lifecycle.model", R, ALPHA, A, B, UNIT);

  private LifecycleKeys() {}

  static Settings.Lifecycle read(Section root) {
    Section section = LIFECYCLE.in(root);
    Duration horizon = HORIZON.read(section);
    Settings.Lifecycle lifecycle =
        new Settings.Lifecycle(
            POLICY.read(section),
            SILENCE.read(section),
            LOYAL_ORDERS.read(section),
            cadence(CADENCE.in(section)),
            PROBABILITY.read(section),
            PROBABILITY_LATEST.read(section),
            model(MODEL.in(section), horizon),
            horizon);
    section.refuseUnknownKeys();
    return lifecycle;
  }

  private static Settings.Cadence cadence(Section section) {
    List<Duration> bounds = BOUNDS.read(section);
    Settings.Cadence cadence =
        new Settings.Cadence(
            GAPS.read(section), bounds.get(0), bounds.get(1), FACTORS.read(section));
    section.refuseUnknownKeys();
    return cadence;
  }

  private static MbgNbd model(Section section, Duration horizon) {
    MbgNbd model =
        new MbgNbd(
            R.read(section),
            ALPHA.read(section),
            A.read(section),
            B.read(section),
            UNIT.read(section));
    section.refuseUnknownKeys();
    double leastAlpha = MbgNbd.leastAlpha(model.r(), model.units(horizon));
    if (model.alpha() < leastAlpha) {
      section.refuse(
          "alpha", "; allowed: at least " + (float) leastAlpha + " beside r and lifecycle.horizon");
    }
    return model;
  }

  private static Key<Double> parameter(String name, double fallback) {
    return BoundedKeys.decimal(
        name,
        "0.000001",
        "1000000",
        fallback,
        "parameters of the MBG/NBD model, from `scripts/fit`; they serve `probability_alive` and"
            + " `expected_orders_90d` whatever the policy. The default is CDNOW's customers, as"
            + " published. An `alpha` so small that a newcomer would be expected to order many"
            + " thousand times is refused");
  }
}
