package io.customerpulse.domain.lifecycle;

import io.customerpulse.domain.forecast.BuyingHistory;
import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderDays;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * The moments at which the probability that a buyer is still alive falls to three thresholds. They
 * are known in advance, to the millisecond, so nobody has to look again and again.
 *
 * @param thresholds descending, between 0 and 1, both exclusive
 * @param latest ascending: by this silence the threshold counts as reached, whatever the model says
 * @param zone of the calendar days
 */
public record ProbabilitySilence(
    MbgNbd model, List<Double> thresholds, List<Duration> latest, ZoneId zone)
    implements SilencePolicy {

  /** No silence is a sign before it has lasted so long. */
  static final Duration EARLIEST = Duration.ofDays(1);

  @Override
  public Silence of(OrderBook orders) {
    OrderDays days = orders.days(zone);
    BuyingHistory history = BuyingHistory.at(days, days.lastAt(), model.unit());
    Duration withinTheDay = Duration.between(days.lastAt(), orders.lastAt());
    return new Silence(
        limit(0, history, withinTheDay),
        limit(1, history, withinTheDay),
        limit(2, history, withinTheDay));
  }

  /** The model counts from the first order of the last day, silence from the last one. */
  private Duration limit(int place, BuyingHistory history, Duration withinTheDay) {
    double units = model.silenceUntil(thresholds.get(place), history.repeats(), history.recency());
    Duration most = latest.get(place).plus(withinTheDay);
    double millis = Math.ceil(units * model.unit().toMillis());
    Duration silence = millis < most.toMillis() ? Duration.ofMillis((long) millis) : most;
    Duration limit = silence.minus(withinTheDay);
    return limit.compareTo(EARLIEST) < 0 ? EARLIEST : limit;
  }
}
