package io.customerpulse.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "1500ms, PT1.5S",
    "30s, PT30S",
    "5m, PT5M",
    "90m, PT1H30M",
    "1h, PT1H",
    "7d, PT168H",
    "P7D, PT168H",
    "PT1H30M, PT90M"
  })
  void readsShortAndIsoForms(String text, String iso) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "m",
        "-5m",
        "PT-5M",
        "5 m",
        "1.5h",
        "5w",
        "P1Y",
        "NaN",
        "36526d",
        "PT0.0001S",
        "999999999999999999d"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesTheLargestUnitThatFits() {
    assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
    assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Durations.format(Duration.ofHours(25))).isEqualTo("25h");
    assertThat(Durations.format(Duration.ofDays(7))).isEqualTo("7d");
  }
}
