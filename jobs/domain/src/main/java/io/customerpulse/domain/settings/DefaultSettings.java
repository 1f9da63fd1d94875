package io.customerpulse.domain.settings;

import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.SegmentNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds where nobody sets anything; config/reference.yaml says the same, key by key. */
final class DefaultSettings {
  private static final List<String> TOPICS =
      List.of(
          "tracking-events",
          "behavior-events",
          "customer-profiles",
          "customer-redirects",
          "lifecycle-transitions",
          "marketing-triggers",
          "trigger-outcomes",
          "rfm-cut-points",
          "trigger-rules",
          "dead-letters",
          "customer-moves");

  private static final Set<String> JUNK =
      Set.of(
          "",
          "0",
          "-1",
          "-",
          "null",
          "(null)",
          "nil",
          "none",
          "nan",
          "n/a",
          "undefined",
          "unknown",
          "anonymous",
          "guest",
          "true",
          "false",
          "[object object]",
          "00000000-0000-0000-0000-000000000000");

  /** Zeros of databases, of .NET and Go, of spreadsheets, of a form's first year, of Unix. */
  private static final Set<String> JUNK_BIRTHDAYS =
      Set.of("0000-00-00", "00-00", "0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01");

  private DefaultSettings() {}

  static Settings create() {
    return new Settings(
        new Settings.Time(
            ZoneId.of("Asia/Shanghai"),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Settings.Clock.WALL),
        new Settings.Money(Currency.getInstance("CNY")),
        new Settings.Dedup(Duration.ofHours(24)),
        new Settings.Orders(OrderScope.TENANT),
        new Settings.Rfm(
            Duration.ofDays(365),
            Settings.Scoring.QUINTILES,
            4,
            new Settings.Thresholds(
                List.of(7, 30, 90, 180),
                List.of(2, 3, 5, 10),
                List.of(10_000L, 50_000L, 100_000L, 500_000L)),
            segmentNames()),
        new Settings.Lifecycle(
            Settings.Policy.FIXED,
            List.of(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
            5,
            new Settings.Cadence(
                20,
                Duration.ofDays(10),
                Duration.ofDays(90),
                List.of(new BigDecimal("1.5"), new BigDecimal("2"), new BigDecimal("4"))),
            List.of(0.5, 0.25, 0.05),
            List.of(Duration.ofDays(365), Duration.ofDays(730), Duration.ofDays(1095)),
            // CDNOW's customers, as Batislam, Denizel and Filiztekin (2007) fitted them.
            new MbgNbd(0.525, 6.183, 0.891, 1.614, Duration.ofDays(7)),
            Duration.ofDays(90)),
        new Settings.Triggers(null, Duration.ofHours(24), Duration.ofDays(7), true),
        new Settings.Identity("CUSTOMER_PULSE_PII_KEY", sorted(JUNK), sorted(JUNK_BIRTHDAYS)),
        Map.of(),
        new Settings.Kafka("127.0.0.1:9092", Map.of(), Settings.OnLostPosition.STOP, topics()),
        new Settings.State("rocksdb", Duration.ofSeconds(10), null),
        new Settings.Tables("run/warehouse", 16, Duration.ofHours(2), false, Map.of()));
  }

  private static Set<String> sorted(Set<String> values) {
    return Collections.unmodifiableSet(new TreeSet<>(values));
  }

  private static SegmentNames segmentNames() {
    List<String> asleep = List.of("hibernating", "hibernating", "at_risk", "at_risk", "cant_lose");
    return new SegmentNames(
        List.of(
            asleep,
            asleep,
            List.of("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"),
            List.of("promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal"),
            List.of("new", "potential_loyalist", "potential_loyalist", "champions", "champions")),
        List.of("一般挽留", "一般保持", "一般发展", "一般价值", "重要挽留", "重要保持", "重要发展", "重要价值"),
        "prospect",
        "潜在客户",
        "unscored",
        "尚未评分");
  }

  private static Map<String, String> topics() {
    Map<String, String> topics = new LinkedHashMap<>();
    TOPICS.forEach(topic -> topics.put(topic, topic));
    return Collections.unmodifiableMap(topics);
  }
}
