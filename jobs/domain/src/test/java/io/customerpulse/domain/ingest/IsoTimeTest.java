package io.customerpulse.domain.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.oracle.Seeds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2024-03-01T10:00:00Z, 2024-03-01T10:00:00Z",
    "2024-03-01T10:00:00+08:00, 2024-03-01T02:00:00Z",
    "2024-03-01T10:00:00-03:30, 2024-03-01T13:30:00Z",
    "2024-03-01T10:00:00+0800, 2024-03-01T02:00:00Z",
    "2024-03-01T10:00:00+08, 2024-03-01T02:00:00Z",
    "2024-03-01T10:00Z, 2024-03-01T10:00:00Z",
    "2024-03-01T10:00:00-0330, 2024-03-01T13:30:00Z",
    "2024-03-01T10:00+08:00, 2024-03-01T02:00:00Z",
    "2024-03-01 10:00:00Z, 2024-03-01T10:00:00Z",
    "2024-03-01 10:00+0800, 2024-03-01T02:00:00Z",
    "2024-03-01 10:00:00.25 +0800, 2024-03-01T02:00:00.250Z",
    "'2024-03-01 10:00:00,250+08:00', 2024-03-01T02:00:00.250Z",
    "2024-03-01 10:00:00 UTC, 2024-03-01T10:00:00Z",
    "2024-03-01T10:00:00.1Z, 2024-03-01T10:00:00.100Z",
    "2024-03-01T10:00:00.123999999Z, 2024-03-01T10:00:00.123Z",
    "2024-02-29T23:59:59.999+18:00, 2024-02-29T05:59:59.999Z",
    "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z",
    "+12024-03-01T10:00:00Z, +12024-03-01T10:00:00Z",
  })
  void readsTimesWithAnOffset(String text, Instant expected) {
    assertThat(IsoTime.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-03-01",
        "2024-03-01T10:00:00",
        "2024-03-01 10:00:00",
        "2024-03-01  10:00:00Z",
        "2024-03-01 10:00:00 +0800 CST",
        "20240301T100000Z",
        "2024-13-01T10:00:00Z",
        "2024-02-30T10:00:00Z",
        "2024-03-01T24:00:00Z",
        "2024-03-01T10:00:60Z",
        "2024-02-30T10:00Z",
        "2024-03-01T10:00:00.1234567890Z",
        "2024-03-01T10:00:00+19:00",
        "2024-03-01T10:00:00*08:00",
        "2024-03-01T10:00:00+08:00[Asia/Shanghai]",
        "２024-03-01T10:00:00Z"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void agreesWithTheFormatterOnEveryCommonTime() {
    Seeds.tryEach(getClass(), 1, 1, IsoTimeTest::agreesWithTheFormatter);
  }

  private static void agreesWithTheFormatter(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      OffsetDateTime time =
          Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L))
              .plusNanos(random.nextInt(1_000_000))
              .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
      assertThat(IsoTime.parse(time.toString()))
          .as("%s", time)
          .isEqualTo(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
    }
  }
}
