package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private static RateWindow full() {
    RateWindow window = RateWindow.EMPTY;
    for (int i = 0; i < RateWindow.LIMIT; i++) {
      assertThat(window.hasRoomAt(T)).isTrue();
      window = window.with(T);
    }
    return window;
  }

  @Test
  void aThousandEventsFitIntoAMinute() {
    assertThat(full().hasRoomAt(T)).isFalse();
    assertThat(full().hasRoomAt(T.plusMillis(59_999))).isFalse();
  }

  @Test
  void theMinuteEndsWithTheEventAndItsBeginningIsOutside() {
    Instant next = T.plus(RateWindow.LENGTH);
    assertThat(full().hasRoomAt(next)).isTrue();
    assertThat(full().with(next).accepted()).containsExactly(next);
  }
}
