package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Given;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErasureTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  @Test
  void coversWhatHappenedUpToItForThirtyDays() {
    Erasure erasure = Erasure.NONE.with(T);
    assertThat(erasure.covers(Given.event(T, Given.click()))).isTrue();
    assertThat(erasure.covers(Given.event(T.plusMillis(1), Given.click()))).isFalse();
    assertThat(Erasure.NONE.covers(Given.event(T, Given.click()))).isFalse();
    Instant end = T.plus(Duration.ofDays(30));
    assertThat(erasure.endsAt()).isEqualTo(end);
    assertThat(erasure.asOf(end.minusMillis(1))).isSameAs(erasure);
    assertThat(erasure.asOf(end)).isSameAs(Erasure.NONE);
  }

  @Test
  void theLaterOfTwoStands() {
    assertThat(Erasure.NONE.with(T).with(T.minusMillis(1))).isEqualTo(new Erasure(T));
    assertThat(Erasure.NONE.with(T).with(T.plusMillis(1))).isEqualTo(new Erasure(T.plusMillis(1)));
  }
}
