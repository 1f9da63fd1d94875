package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.settings.Settings.Cadence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * Multiples of a buyer's own rhythm: the median gap between the last order days, within bounds.
 *
 * @param fixed for buyers with fewer than {@value #LEAST_DAYS} order days
 * @param zone of the calendar days
 */
public record CadenceSilence(Cadence cadence, FixedSilence fixed, ZoneId zone)
    implements SilencePolicy {

  /** Two gaps are the least in which a rhythm shows. */
  static final int LEAST_DAYS = 3;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  @Override
  public Silence of(OrderBook orders) {
    List<Instant> days = orders.days(zone).newest();
    if (days.size() < LEAST_DAYS) {
      return fixed.of(orders);
    }
    long least = 2 * cadence.least().toMillis();
    long most = 2 * cadence.most().toMillis();
    BigDecimal twice = BigDecimal.valueOf(Math.min(most, Math.max(least, twiceMedianMillis(days))));
    return Silence.of(cadence.factors().stream().map(factor -> half(twice, factor)).toList());
  }

  /** Twice the median, which is a whole number also where it is the mean of two gaps. */
  private long twiceMedianMillis(List<Instant> days) {
    int count = Math.min(cadence.gaps(), days.size() - 1);
    long[] gaps = new long[count];
    for (int i = 0; i < count; i++) {
      int later = days.size() - 1 - i;
      gaps[i] = Duration.between(days.get(later - 1), days.get(later)).toMillis();
    }
    Arrays.sort(gaps);
    return gaps[(count - 1) / 2] + gaps[count / 2];
  }

  /** Rounded up: the first millisecond at which the silence is that long. */
  private static Duration half(BigDecimal twice, BigDecimal factor) {
    BigDecimal millis = twice.multiply(factor).divide(TWO, 0, RoundingMode.CEILING);
    return Duration.ofMillis(millis.longValueExact());
  }
}
