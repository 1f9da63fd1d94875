package io.customerpulse.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.rfm.Segments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @Test
  void anEmptyFileSaysTheDefaults() {
    assertThat(SettingsText.read("# nothing\n")).isEqualTo(SettingsReader.defaults());
    assertThat(SettingsText.read("time:\n  # zone: UTC\n")).isEqualTo(SettingsReader.defaults());
  }

  @Test
  void laysItsKeysOverTheDefaults() {
    Settings settings =
        SettingsText.read(
            """
            time: {zone: UTC, clock: event}
            lifecycle: {silence: [1h, 2h, P1D]}
            triggers: {cap: {count: 3, per: 7d}, consent_default: deny}
            tenants:
              acme: {currency: GBP}
            """);

    Settings defaults = SettingsReader.defaults();
    assertThat(settings.time())
        .isEqualTo(
            new Settings.Time(
                ZoneId.of("UTC"),
                defaults.time().outOfOrderness(),
                defaults.time().maxFuture(),
                Settings.Clock.EVENT));
    assertThat(settings.lifecycle().silence())
        .containsExactly(Duration.ofHours(1), Duration.ofHours(2), Duration.ofDays(1));
    assertThat(settings.triggers())
        .isEqualTo(
            new Settings.Triggers(
                new Cap(3, Duration.ofDays(7), true),
                Duration.ofHours(24),
                Duration.ofDays(7),
                false));
    assertThat(settings.tenant("acme"))
        .isEqualTo(new Settings.Tenant(ZoneId.of("UTC"), Currency.getInstance("GBP")));
    assertThat(settings.rfm()).isEqualTo(defaults.rfm());
  }

  @Test
  void namesOfSegmentsAreSettings() {
    Settings settings =
        SettingsText.read(
            """
            rfm:
              segments: {r5: [a, b, c, d, e], prospect: nobody, unscored: soon}
              segments_zh: {"111": VIP, 011: 留住, prospect: 路人, unscored: 稍后}
            """);

    SegmentNames names = settings.rfm().segmentNames();
    SegmentNames defaults = SettingsReader.defaults().rfm().segmentNames();
    assertThat(names.byRAndF().get(4)).containsExactly("a", "b", "c", "d", "e");
    assertThat(names.byRAndF().subList(0, 4)).isEqualTo(defaults.byRAndF().subList(0, 4));
    assertThat(new Segments(4, names).segmentZh(new Scores(5, 5, 5, "v"), true)).isEqualTo("VIP");
    assertThat(new Segments(4, names).segmentZh(new Scores(1, 5, 5, "v"), true)).isEqualTo("留住");
    assertThat(names.prospect()).isEqualTo("nobody");
    assertThat(names.prospectZh()).isEqualTo("路人");
    assertThat(names.unscored()).isEqualTo("soon");
    assertThat(names.unscoredZh()).isEqualTo("稍后");
  }

  @Test
  void junkAddsToTheDefaultListOrReplacesIt() {
    Set<String> defaults = SettingsReader.defaults().identity().junk();

    assertThat(SettingsText.read("identity: {junk: [Tester, Guest]}").identity().junk())
        .containsAll(defaults)
        .hasSize(defaults.size() + 1)
        .contains("tester");
    assertThat(
            SettingsText.read("identity: {junk: [Tester], junk_replace: true}").identity().junk())
        .containsExactly("tester");
  }

  @Test
  void junkBirthdaysReplaceTheDefaultOnes() {
    assertThat(
            SettingsText.read("identity: {junk_birthdays: [2000-01-01, 01-01]}")
                .identity()
                .junkBirthdays())
        .containsExactlyInAnyOrder("2000-01-01", "01-01");
  }

  @Test
  void reportsAllProblemsTogetherInTheOrderOfTheFile() {
    List<Problem> problems =
        problems(
            """
            time:
              zone: Mars/Olympus
              out_of_ordernes: 1m
            rfm:
              scoring: quintile
              high: NaN
              thresholds: {frequency: [2, 3, 3, 10]}
            identiti: {junk: [x]}
            """);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "x.yaml:2: time.zone: 'Mars/Olympus' is not allowed; allowed: a time zone such as"
                + " Asia/Shanghai or UTC",
            "x.yaml:3: time.out_of_ordernes: is no known key; did you mean out_of_orderness?;"
                + " allowed: clock, max_future, out_of_orderness, zone",
            "x.yaml:5: rfm.scoring: 'quintile' is not allowed; allowed: quintiles, thresholds",
            "x.yaml:6: rfm.high: 'NaN' is not allowed; allowed: a whole number from 2 to 5",
            "x.yaml:7: rfm.thresholds.frequency: is not allowed; allowed: 4 values, each greater"
                + " than the one before",
            "x.yaml:8: identiti: is no known key; did you mean identity?; allowed: dedup, identity,"
                + " lifecycle, money, orders, rfm, tenants, time, triggers");
  }

  @Test
  void whateverIsWrongWithScoresAndStagesIsToldAtOnce() {
    assertThat(
            problems(
                """
                rfm:
                  window: 0d
                  thresholds: {recency_days: [30, 7, 90, 180], monetary_minor: [1, 1, 2, 3]}
                lifecycle:
                  silence: [30d, 30d, 365d]
                  cadence: {gaps: 0, bounds: [-1d, 10d], factors: [4, 2, 1]}
                  probability: [0.5, NaN, 0.05]
                  probability_latest: [2d, 1d, 3d]
                  model: {r: 0, alpha: -1, a: NaN, b: Infinity}
                """))
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "rfm.window",
            "rfm.thresholds.recency_days",
            "rfm.thresholds.monetary_minor",
            "lifecycle.silence",
            "lifecycle.cadence.gaps",
            "lifecycle.cadence.bounds[0]",
            "lifecycle.cadence.factors",
            "lifecycle.probability[1]",
            "lifecycle.probability_latest",
            "lifecycle.model.r",
            "lifecycle.model.alpha",
            "lifecycle.model.a",
            "lifecycle.model.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time: {out_of_orderness: -1m} | time.out_of_orderness",
        "time: {max_future: 2d} | time.max_future",
        "time: {clock: sundial} | time.clock",
        "time: | nothing",
        "time: 5 | time",
        "time: [] | time",
        "time: {zone: null} | time.zone",
        "money: {currency: RMB} | money.currency",
        "money: {currency: cny} | money.currency",
        "dedup: {window: 0s} | dedup.window",
        "rfm: {window: 36h} | rfm.window",
        "rfm: {window: 0d} | rfm.window",
        "rfm: {thresholds: {monetary_minor: [1, 2, 3]}} | rfm.thresholds.monetary_minor",
        "rfm: {thresholds: {recency_days: [1, 2, 3, x]}} | rfm.thresholds.recency_days[3]",
        "rfm: {thresholds: {recency_days: 7}} | rfm.thresholds.recency_days",
        "rfm: {segments: {r6: [a, b, c, d, e]}} | rfm.segments.r6",
        "rfm: {segments: {r5: [a, b, c, d]}} | rfm.segments.r5",
        "rfm: {segments: {r5: [a, b, c, d, '']}} | rfm.segments.r5[4]",
        "rfm: {segments: {prospect: \"\\t\"}} | rfm.segments.prospect",
        "rfm: {segments_zh: {112: x}} | rfm.segments_zh.112",
        "lifecycle: {policy: rhythm} | lifecycle.policy",
        "lifecycle: {horizon: 0d} | lifecycle.horizon",
        "lifecycle: {cadence: {gaps: 1}} | lifecycle.cadence.gaps",
        "lifecycle: {cadence: {bounds: [90d, 10d]}} | lifecycle.cadence.bounds",
        "lifecycle: {cadence: {bounds: [0d, 10d]}} | lifecycle.cadence.bounds[0]",
        "lifecycle: {cadence: {factors: [2, 1.5, 4]}} | lifecycle.cadence.factors",
        "lifecycle: {cadence: {factors: [1, 2, Infinity]}} | lifecycle.cadence.factors[2]",
        "lifecycle: {probability: [0.5]} | lifecycle.probability",
        "lifecycle: {probability: [0.05, 0.25, 0.5]} | lifecycle.probability",
        "lifecycle: {probability: [0.5, 0.25, 0.25]} | lifecycle.probability",
        "lifecycle: {probability: [1, 0.25, 0.05]} | lifecycle.probability[0]",
        "lifecycle: {probability: [0.5, 0.25, 0]} | lifecycle.probability[2]",
        "lifecycle: {probability: [0.5, NaN, 0.05]} | lifecycle.probability[1]",
        "lifecycle: {probability_latest: [23h, 2d, 3d]} | lifecycle.probability_latest[0]",
        "lifecycle: {probability_latest: [3d, 2d, 4d]} | lifecycle.probability_latest",
        "lifecycle: {model: {r: 0}} | lifecycle.model.r",
        "lifecycle: {model: {r: -0.5}} | lifecycle.model.r",
        "lifecycle: {model: {alpha: NaN}} | lifecycle.model.alpha",
        "lifecycle: {model: {a: 1e999999999}} | lifecycle.model.a",
        "lifecycle: {model: {b: 1e-400}} | lifecycle.model.b",
        "lifecycle: {model: {b: few}} | lifecycle.model.b",
        "lifecycle: {model: {unit: months}} | lifecycle.model.unit",
        "lifecycle: {model: {alpha: 0.0001}} | lifecycle.model.alpha",
        "lifecycle: {model: {r: 1000000, alpha: 1}} | lifecycle.model.alpha",
        "lifecycle: {model: {s: 1}} | lifecycle.model.s",
        "lifecycle: {silence: [90d, 30d, 365d]} | lifecycle.silence",
        "lifecycle: {loyal_orders: 0} | lifecycle.loyal_orders",
        "triggers: {cap: 3} | triggers.cap",
        "triggers: {cap: {count: 0, per: 1d}} | triggers.cap.count",
        "triggers: {cap: {count: 2}} | triggers.cap.per",
        "triggers: {consent_default: true} | triggers.consent_default",
        "identity: {pii_key_env: 'a b'} | identity.pii_key_env",
        "identity: {junk: [[a]]} | identity.junk[0]",
        "identity: {junk_replace: perhaps} | identity.junk_replace",
        "identity: {junk_birthdays: [1970-1-1]} | identity.junk_birthdays[0]",
        "tenants: {acme: {colour: red}} | tenants.acme.colour"
      })
  void refusesWhatIsNotAllowed(String yaml, String key) {
    if (key.equals("nothing")) {
      assertThat(SettingsText.read(yaml)).isEqualTo(SettingsReader.defaults());
    } else {
      assertThat(problems(yaml)).extracting(Problem::key).containsExactly(key);
    }
  }

  @Test
  void travels() throws IOException, ClassNotFoundException {
    Settings settings = SettingsReader.defaults();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
  }

  private List<Problem> problems(String yaml) {
    ConfigurationException refusal =
        catchThrowableOfType(ConfigurationException.class, () -> SettingsText.read(yaml));
    assertThat(refusal).as("nothing was refused").isNotNull();
    return refusal.problems();
  }
}
