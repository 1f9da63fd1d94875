package io.customerpulse.domain.episode;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.rule.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a step is held, and until when: by the clock on the wall, daylight saving included. */
class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    // Across midnight; the beginning is quiet, the end isn't.
    "Asia/Shanghai, 22:00, 08:00, 2024-03-01T13:59:59.999Z, ",
    "Asia/Shanghai, 22:00, 08:00, 2024-03-01T14:00:00Z,     2024-03-02T00:00:00Z",
    "Asia/Shanghai, 22:00, 08:00, 2024-03-01T16:00:00Z,     2024-03-02T00:00:00Z",
    "Asia/Shanghai, 22:00, 08:00, 2024-03-01T23:59:59.999Z, 2024-03-02T00:00:00Z",
    "Asia/Shanghai, 22:00, 08:00, 2024-03-02T00:00:00Z,     ",
    // Within a day; to midnight; from midnight; no hour at all.
    "Asia/Shanghai, 12:00, 14:00, 2024-03-01T05:00:00Z,     2024-03-01T06:00:00Z",
    "Asia/Shanghai, 12:00, 14:00, 2024-03-01T06:00:00Z,     ",
    "Asia/Shanghai, 22:00, 00:00, 2024-03-01T15:00:00Z,     2024-03-01T16:00:00Z",
    "Asia/Shanghai, 00:00, 08:00, 2024-03-01T16:00:00Z,     2024-03-02T00:00:00Z",
    "Asia/Shanghai, 12:00, 12:00, 2024-03-01T04:00:00Z,     ",
    // The night in which London's clock skips from 01:00 to 02:00.
    "Europe/London, 22:00, 08:00, 2024-03-30T23:00:00Z,     2024-03-31T07:00:00Z",
    "Europe/London, 23:00, 01:30, 2024-03-31T00:30:00Z,     2024-03-31T01:00:00Z",
    "Europe/London, 23:00, 01:30, 2024-03-31T01:00:00Z,     ",
    // The night in which it shows 01:00 to 02:00 twice.
    "Europe/London, 22:00, 08:00, 2024-10-26T22:00:00Z,     2024-10-27T08:00:00Z",
    "Europe/London, 23:00, 01:30, 2024-10-26T23:30:00Z,     2024-10-27T00:30:00Z",
    "Europe/London, 23:00, 01:30, 2024-10-27T00:30:00Z,     ",
    "Europe/London, 23:00, 01:30, 2024-10-27T01:15:00Z,     2024-10-27T01:30:00Z",
  })
  void holdsUntil(String zone, LocalTime from, LocalTime to, Instant due, Instant released) {
    QuietHours hours = new QuietHours(from, to);
    ZoneId wall = ZoneId.of(zone);
    assertThat(hours.contains(due, wall)).isEqualTo(released != null);
    if (released != null) {
      assertThat(hours.endAfter(due, wall)).isEqualTo(released);
    }
  }
}
