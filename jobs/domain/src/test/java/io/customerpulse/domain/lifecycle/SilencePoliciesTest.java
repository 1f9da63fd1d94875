package io.customerpulse.domain.lifecycle;

import static io.customerpulse.domain.oracle.Given.SHANGHAI;
import static io.customerpulse.domain.oracle.Given.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.forecast.BuyingHistory;
import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.forecast.Outlook;
import io.customerpulse.domain.lifecycle.SilencePolicy.Silence;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderDays;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SilencePoliciesTest {
  /** Noon in Shanghai. */
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private static final Duration LOST_AT_LATEST = Duration.ofDays(1095);
  private static final double WEEK = Duration.ofDays(7).toMillis();

  private static OrderBook paid(List<Instant> times) {
    OrderBook book = OrderBook.EMPTY;
    for (Instant time : times) {
      String id = "o" + time;
      book = book.with(id, order(id, OrderStatus.PAID, 100), time, SHANGHAI).next();
    }
    return book;
  }

  private static OrderBook paidOnDays(int... days) {
    List<Instant> times = new ArrayList<>();
    for (int day : days) {
      times.add(T.plus(Duration.ofDays(day)));
    }
    return paid(times);
  }

  private static Silence silence(Settings.Policy policy, OrderBook orders) {
    return SilencePolicy.of(Given.lifecycle(policy), SHANGHAI).of(orders);
  }

  private static Silence cadence(OrderBook orders) {
    return silence(Settings.Policy.CADENCE, orders);
  }

  private static Silence hours(long atRisk, long dormant, long lost) {
    return new Silence(Duration.ofHours(atRisk), Duration.ofHours(dormant), Duration.ofHours(lost));
  }

  @Test
  void aRhythmNeedsThreeOrderDays() {
    assertThat(cadence(paidOnDays(0, 20)))
        .isEqualTo(silence(Settings.Policy.FIXED, paidOnDays(0, 20)));
    assertThat(cadence(paidOnDays(0, 20, 40))).isEqualTo(hours(30 * 24, 40 * 24, 80 * 24));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(cadence(paidOnDays(0, 20, 41))).isEqualTo(hours(738, 984, 1968));
    // Gaps of 12, 50, 14 and 16 d.
    assertThat(cadence(paidOnDays(0, 12, 62, 76, 92))).isEqualTo(hours(540, 720, 1440));
  }

  @Test
  void theMedianIsBounded() {
    assertThat(cadence(paidOnDays(0, 1, 2, 3))).isEqualTo(hours(360, 480, 960));
    assertThat(cadence(paidOnDays(0, 200, 400))).isEqualTo(hours(3240, 4320, 8640));
  }

  @Test
  void onlyTheLastTwentyGapsCount() {
    int[] days = new int[41];
    for (int i = 0; i < days.length; i++) {
      days[i] = i <= 20 ? 60 * i : 1200 + 20 * (i - 20);
    }
    assertThat(cadence(paidOnDays(days))).isEqualTo(hours(30 * 24, 40 * 24, 80 * 24));
  }

  @Test
  void halfMillisecondsAreRoundedUp() {
    OrderBook orders =
        paid(List.of(T, T.plus(Duration.ofDays(20)), T.plus(Duration.ofDays(40)).plusMillis(1)));
    assertThat(cadence(orders).atRisk()).isEqualTo(Duration.ofDays(30).plusMillis(1));
    assertThat(cadence(orders).lost()).isEqualTo(Duration.ofDays(80).plusMillis(2));
  }

  /** The very definition: the first millisecond at which P isn't above the threshold any more. */
  @Test
  void theProbabilityIsAtItsThresholdWhenTheStageBegins() {
    Seeds.tryEach(getClass(), 1, 1, SilencePoliciesTest::isAtItsThresholdWhenTheStageBegins);
  }

  private static void isAtItsThresholdWhenTheStageBegins(long seed) {
    Settings.Lifecycle settings = Given.lifecycle(Settings.Policy.PROBABILITY);
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      List<Instant> times = new ArrayList<>(List.of(T));
      int orders = random.nextInt(40);
      for (int n = 0; n < orders; n++) {
        long gap = random.nextLong(Duration.ofDays(random.nextBoolean() ? 2 : 40).toMillis());
        times.add(times.get(n).plusMillis(gap));
      }
      OrderBook book = paid(times);
      OrderDays days = book.days(SHANGHAI);
      Silence silence = silence(Settings.Policy.PROBABILITY, book);
      List<Duration> limits = List.of(silence.atRisk(), silence.dormant(), silence.lost());
      for (int place = 0; place < limits.size(); place++) {
        Duration limit = limits.get(place);
        double threshold = settings.probability().get(place);
        Instant at = book.lastAt().plus(limit);
        double before = alive(at.minusMillis(1), book, settings);
        double then = alive(at, book, settings);
        boolean earliest = limit.equals(Duration.ofDays(1));
        boolean latest = limit.equals(settings.probabilityLatest().get(place));
        assertThat(limit).isBetween(Duration.ofDays(1), settings.probabilityLatest().get(place));
        if (!earliest && !latest) {
          assertThat(before).as("%s %s", times, limit).isGreaterThan(threshold);
          assertThat(then).as("%s %s", times, limit).isLessThanOrEqualTo(threshold);
          double perWeek = days.count() / (6.183 + Duration.between(T, at).toDays() / 7.0);
          assertThat(then).isCloseTo(threshold, within(perWeek < 2 ? 1e-9 : 5e-9));
        } else {
          assertThat(earliest ? then <= threshold : before > threshold)
              .as("%s %s", times, limit)
              .isTrue();
        }
      }
    }
  }

  /**
   * Whatever the customers of a shop are like and however they buy: the moment is found by halving,
   * and both bounds are at work.
   */
  @Test
  void theMomentIsTheFirstMillisecondOverAGridOfModelsAndRhythms() {
    List<Double> thresholds = List.of(0.5, 0.25, 0.05);
    List<Duration> latest = List.of(Duration.ofDays(365), Duration.ofDays(730), LOST_AT_LATEST);
    Map<String, Integer> cases = new TreeMap<>();
    for (MbgNbd model : grid()) {
      ProbabilitySilence policy = new ProbabilitySilence(model, thresholds, latest, SHANGHAI);
      for (int orders : new int[] {1, 2, 5, 40}) {
        for (int gapDays : new int[] {1, 4, 30}) {
          OrderBook book =
              paidOnDays(IntStream.range(0, orders).map(order -> order * gapDays).toArray());
          Silence silence = policy.of(book);
          List<Duration> limits = List.of(silence.atRisk(), silence.dormant(), silence.lost());
          for (int place = 0; place < limits.size(); place++) {
            double threshold = thresholds.get(place);
            long first = firstMillisecond(model, book, threshold);
            long least = Duration.ofDays(1).toMillis();
            long most = latest.get(place).toMillis();
            assertThat(limits.get(place).toMillis())
                .as("%s, %d orders every %d d, %s", model, orders, gapDays, threshold)
                .isEqualTo(Math.min(most, Math.max(least, first)));
            cases.merge(
                first < least ? "earliest" : first > most ? "latest" : "exact", 1, Integer::sum);
            Instant at = book.lastAt().plus(limits.get(place));
            double age = (double) Duration.between(T, at).toMillis() / model.unit().toMillis();
            double perWeek =
                (model.r() + orders - 1) / (model.alpha() + age) * WEEK / model.unit().toMillis();
            if (first >= least && first <= most && perWeek < 2) {
              assertThat(alive(at, book, model)).isCloseTo(threshold, within(1e-9));
            }
          }
        }
      }
    }
    assertThat(cases.keySet()).containsExactly("earliest", "exact", "latest");
    assertThat(cases.values()).allMatch(count -> count > 50);
  }

  private static List<MbgNbd> grid() {
    List<MbgNbd> models = new ArrayList<>();
    for (Duration unit : List.of(Duration.ofDays(1), Duration.ofDays(7))) {
      for (double r : new double[] {0.243, 2}) {
        for (double alpha : new double[] {0.5, 6.183, 40}) {
          for (double a : new double[] {0.2, 3}) {
            for (double b : new double[] {0.5, 1.614, 6}) {
              models.add(new MbgNbd(r, alpha, a, b, unit));
            }
          }
        }
      }
    }
    return models;
  }

  /** Of silence, from when on P isn't above a threshold; beyond all limits where it is too far. */
  private static long firstMillisecond(MbgNbd model, OrderBook book, double threshold) {
    long not = 0;
    long has = 2 * LOST_AT_LATEST.toMillis();
    while (has - not > 1) {
      long middle = not + (has - not) / 2;
      if (alive(book.lastAt().plusMillis(middle), book, model) <= threshold) {
        has = middle;
      } else {
        not = middle;
      }
    }
    return has;
  }

  private static double alive(Instant now, OrderBook book, MbgNbd model) {
    return model.probabilityAlive(BuyingHistory.at(book.days(SHANGHAI), now, model.unit()));
  }

  private static double alive(Instant now, OrderBook book, Settings.Lifecycle settings) {
    return Outlook.at(now, book, settings.model(), settings.horizon(), SHANGHAI).probabilityAlive();
  }

  @Test
  void aProspectHasNoOutlook() {
    Settings.Lifecycle settings = Given.lifecycle(Settings.Policy.FIXED);
    assertThat(Outlook.at(T, OrderBook.EMPTY, settings.model(), settings.horizon(), SHANGHAI))
        .isEqualTo(new Outlook(null, null));
  }

  /** Orders that are no longer known one by one count with their days all the same. */
  @Test
  void daysStayKnownWhenTheirOrdersLeaveTheDetail() {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 3 * OrderBook.ORDER_LIMIT; i++) {
      // Two orders each day, at 12:00 and 20:00.
      times.add(T.plus(Duration.ofDays(i / 2)).plus(Duration.ofHours(i % 2 * 8L)));
      OrderDays days = i % 97 == 0 || i > 1490 ? paid(times).days(SHANGHAI) : null;
      if (days != null) {
        assertThat(days.count()).isEqualTo(i / 2 + 1);
        assertThat(days.firstAt()).isEqualTo(T);
        assertThat(days.lastAt()).isEqualTo(T.plus(Duration.ofDays(i / 2)));
      }
    }
  }
}
