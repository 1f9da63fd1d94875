package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** How long a buyer must be silent to be at risk, dormant and lost. */
public interface SilencePolicy {

  /**
   * The limits that the orders known by now give.
   *
   * @param orders with at least one that counts
   */
  Silence of(OrderBook orders);

  /**
   * Three lengths of silence since the last counting order, none shorter than the one before; where
   * two are equal the stage between them is skipped.
   */
  record Silence(Duration atRisk, Duration dormant, Duration lost) {

    /** The lengths in their order. */
    public static Silence of(List<Duration> limits) {
      return new Silence(limits.get(0), limits.get(1), limits.get(2));
    }
  }

  /**
   * The policy that the settings ask for.
   *
   * @param zone of the calendar days
   */
  static SilencePolicy of(Settings.Lifecycle settings, ZoneId zone) {
    FixedSilence fixed = new FixedSilence(Silence.of(settings.silence()));
    return switch (settings.policy()) {
      case FIXED -> fixed;
      case CADENCE -> new CadenceSilence(settings.cadence(), fixed, zone);
      case PROBABILITY ->
          new ProbabilitySilence(
              settings.model(), settings.probability(), settings.probabilityLatest(), zone);
    };
  }
}
