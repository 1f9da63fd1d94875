package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastPublishedTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Scores SCORES = new Scores(5, 4, 3, "v");

  @Test
  void theFirstComesAtOnce() {
    assertThat(LastPublished.NONE.asOutdated().nextAt(T, T)).isEqualTo(T);
  }

  @Test
  void aChangeWaitsForTenSecondsAndAMereSightForAnHour() {
    LastPublished last = LastPublished.of(T, T, SCORES);
    Instant seen = T.plusSeconds(1);
    assertThat(last.nextAt(T, seen)).isNull();
    assertThat(last.nextAt(seen, seen)).isEqualTo(T.plusSeconds(3600));
    assertThat(last.asOutdated().nextAt(seen, seen)).isEqualTo(T.plusSeconds(10));
  }

  @Test
  void otherScoresAreToldFromTheSameOnesWhateverTheirVersion() {
    LastPublished last = LastPublished.of(T, T, SCORES);
    assertThat(last.hasScores(new Scores(5, 4, 3, "w"))).isTrue();
    assertThat(last.hasScores(new Scores(5, 3, 4, "v"))).isFalse();
    assertThat(last.hasScores(null)).isFalse();
    assertThat(LastPublished.of(T, T, null).hasScores(null)).isTrue();
  }
}
