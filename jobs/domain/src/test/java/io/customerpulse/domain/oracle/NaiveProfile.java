package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.oracle.NaiveHistory.PaidOrder;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Scores, segments and the profile, from all events so far. */
public final class NaiveProfile {
  private final CustomerKey key;
  private final NaiveHistory history;
  private final Settings settings;
  private final Cuts cuts;

  NaiveProfile(CustomerKey key, NaiveHistory history, Settings settings, Cuts cuts) {
    this.key = key;
    this.history = history;
    this.settings = settings;
    this.cuts = cuts;
  }

  /** Null without a counting order. */
  Scores scoresAt(Instant now) {
    Instant last = history.lastOrderAt();
    if (last == null) {
      return null;
    }
    List<PaidOrder> inWindow = history.countingInWindow(now);
    if (inWindow.isEmpty()) {
      return new Scores(1, 1, 1, cuts.version());
    }
    long days = ChronoUnit.DAYS.between(history.day(last), history.day(now));
    long net = inWindow.stream().mapToLong(PaidOrder::netMinor).sum();
    return new Scores(
        5 - (int) cuts.recencyDays().stream().filter(cut -> cut < days).count(),
        1 + (int) cuts.frequency().stream().filter(cut -> cut <= inWindow.size()).count(),
        1 + (int) cuts.monetaryMinor().stream().filter(cut -> cut <= net).count(),
        cuts.version());
  }

  CustomerProfile at(Instant now, Stage stage, Instant stageSince) {
    List<PaidOrder> counting = history.counting();
    List<PaidOrder> inWindow = history.countingInWindow(now);
    Instant last = history.lastOrderAt();
    Scores scores = scoresAt(now);
    NaiveForecast forecast = last == null ? null : history.forecast(now);
    Settings.Lifecycle lifecycle = settings.lifecycle();
    Settings.Tenant own = settings.tenants().get(key.tenantId());
    List<Line> inCarts =
        history.carts(now).values().stream().flatMap(cart -> cart.lines().stream()).toList();
    List<BehaviorEvent> events = history.events();
    return new CustomerProfile(
        key.tenantId(),
        key.customerId(),
        history.identifiers(),
        events.get(0).eventTime(),
        events.get(events.size() - 1).eventTime(),
        counting.stream().map(PaidOrder::at).min(Instant::compareTo).orElse(null),
        last,
        counting.size(),
        counting.stream().mapToLong(PaidOrder::netMinor).sum(),
        inWindow.size(),
        inWindow.stream().mapToLong(PaidOrder::netMinor).sum(),
        history.unmatchedRefundsMinor(),
        (own == null ? settings.money().currency() : own.currency()).getCurrencyCode(),
        last == null
            ? null
            : (Integer) (int) ChronoUnit.DAYS.between(history.day(last), history.day(now)),
        scores,
        segment(scores),
        segmentZh(scores, settings.rfm().high()),
        stage,
        stageSince,
        forecast == null ? null : (Double) forecast.probabilityAlive(),
        forecast == null
            ? null
            : (Double)
                forecast.expectedOrderDays(
                    NaiveForecast.units(lifecycle.horizon(), lifecycle.model().unit())),
        NaiveHistory.valueMinor(inCarts),
        inCarts.size(),
        favourite(now),
        history.told(Profile::birthday),
        history.told(Profile::zone),
        history.told(Profile::level),
        history.told(Profile::city),
        history.told(Profile::marketingConsent),
        history.attributes(),
        now);
  }

  /** Of weights as good as equal, the one whose name comes first. */
  private String favourite(Instant now) {
    String best = null;
    double weight = 0;
    for (Map.Entry<String, Double> interest : history.interests(now).entrySet()) {
      if (interest.getValue() > weight * (1 + 1e-12)) {
        best = interest.getKey();
        weight = interest.getValue();
      }
    }
    return best;
  }

  /** The table of 25 cells, read as it is printed. */
  public static String segment(Scores scores) {
    if (scores == null) {
      return "prospect";
    }
    String row =
        switch (scores.r()) {
          case 5 -> "new potential_loyalist potential_loyalist champions champions";
          case 4 -> "promising potential_loyalist potential_loyalist loyal loyal";
          case 3 -> "about_to_sleep about_to_sleep need_attention loyal loyal";
          default -> "hibernating hibernating at_risk at_risk cant_lose";
        };
    return List.of(row.split(" ", -1)).get(scores.f() - 1);
  }

  /** The Chinese eight. */
  public static String segmentZh(Scores scores, int high) {
    if (scores == null) {
      return "潜在客户";
    }
    String bits =
        (scores.r() >= high ? "1" : "0")
            + (scores.f() >= high ? "1" : "0")
            + (scores.m() >= high ? "1" : "0");
    return Map.of(
            "111", "重要价值",
            "011", "重要保持",
            "101", "重要发展",
            "001", "重要挽留",
            "110", "一般价值",
            "010", "一般保持",
            "100", "一般发展",
            "000", "一般挽留")
        .get(bits);
  }
}
