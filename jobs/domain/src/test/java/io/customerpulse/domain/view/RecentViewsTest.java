package io.customerpulse.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.Browse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentViewsTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private RecentViews views = RecentViews.NONE;

  private static Browse of(String productId, String categoryId, String visitId) {
    return new Browse("page", productId, null, categoryId, null, null, null, visitId);
  }

  private boolean counts(long millis, Browse browse) {
    Instant at = T.plusMillis(millis);
    boolean counts = !views.contain(browse, at);
    if (counts) {
      views = views.with(browse, at);
    }
    return counts;
  }

  @Test
  void oneProductTwiceWithinASecondIsOneView() {
    assertThat(counts(0, of("P", "C", null))).isTrue();
    assertThat(counts(0, of("P", "C", "another visit"))).isFalse();
    assertThat(counts(999, of("P", null, null))).isFalse();
    assertThat(counts(999, of("Q", "C", null))).isTrue();
    // A second after the one that counted, not after the last that was reported.
    assertThat(counts(1000, of("P", "C", null))).isTrue();
  }

  @Test
  void oneVisitIsOneViewForADay() {
    long day = RecentViews.LIFE.toMillis();
    assertThat(counts(0, of("P", "C", "v"))).isTrue();
    assertThat(counts(5_000, of("P", "C", "w"))).isTrue();
    assertThat(counts(10_000, of("P", "C", "v"))).isFalse();
    assertThat(counts(10_000, of("Q", "C", "v"))).isTrue();
    assertThat(counts(20_000, of("P", "C", null))).isTrue();
    assertThat(counts(day - 1, of("P", "C", "v"))).isFalse();
    assertThat(counts(day, of("P", "C", "v"))).isTrue();
  }

  @Test
  void aViewThatComesLateIsOneWithTheNextOne() {
    assertThat(counts(10_000, of("P", "C", "v"))).isTrue();
    assertThat(counts(9_001, of("P", "C", null))).isFalse();
    assertThat(counts(9_000, of("P", "C", null))).isTrue();
    assertThat(counts(0, of("P", "C", "v"))).isFalse();
  }

  @Test
  void twoThatComeADayLateAreOneToo() {
    long day = RecentViews.LIFE.toMillis();
    assertThat(counts(2 * day, of("P", "C", "v"))).isTrue();
    assertThat(counts(0, of("P", "C", "w"))).isTrue();
    assertThat(counts(300, of("P", "C", "w"))).isFalse();
    assertThat(counts(60_000, of("P", "C", "w"))).isFalse();
    assertThat(counts(3 * day, of("P", "C", "x"))).isTrue();
    assertThat(views.views()).hasSize(1);
  }

  @Test
  void ofACategoryAloneTheCategoryIsWhatIsLookedAt() {
    assertThat(counts(0, of(null, "C", null))).isTrue();
    assertThat(counts(10, of(null, "C", null))).isFalse();
    assertThat(counts(10, of(null, "D", null))).isTrue();
    assertThat(counts(10, of("C", null, null))).isTrue();
    assertThat(counts(10, of(null, null, "v"))).isTrue();
    assertThat(views.views()).hasSize(3);
  }

  @Test
  void fiftyViewsOfOneDayAreRemembered() {
    for (int i = 0; i < RecentViews.LIMIT; i++) {
      assertThat(counts(i, of("P" + i, null, "v"))).isTrue();
    }
    assertThat(counts(1_000, of("P0", null, "v"))).isFalse();
    assertThat(counts(1_000, of("one more", null, "v"))).isTrue();
    assertThat(views.views()).hasSize(RecentViews.LIMIT);
    assertThat(counts(1_001, of("P0", null, "v"))).isTrue();

    assertThat(counts(1_001 + RecentViews.LIFE.toMillis(), of("P1", null, null))).isTrue();
    assertThat(views.views()).hasSize(1);
  }
}
