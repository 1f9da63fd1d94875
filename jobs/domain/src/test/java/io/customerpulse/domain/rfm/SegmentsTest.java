package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.NaiveProfile;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  @Test
  void everyCellHasTheSegmentOfTheTable() {
    Set<String> seen = new HashSet<>();
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        Scores scores = new Scores(r, f, 3, "v");
        String segment = new Segments(4).segment(scores);
        assertThat(segment).as("R %d, F %d", r, f).isEqualTo(NaiveProfile.segment(scores));
        seen.add(segment);
      }
    }
    assertThat(seen).hasSize(10);
  }

  @Test
  void everyCombinationOfHighAndLowHasOneOfEightNames() {
    for (int high = 2; high <= 5; high++) {
      Set<String> seen = new HashSet<>();
      for (int cell = 0; cell < 125; cell++) {
        Scores scores = new Scores(1 + cell / 25, 1 + cell / 5 % 5, 1 + cell % 5, "v");
        String segment = new Segments(high).segmentZh(scores);
        assertThat(segment)
            .as("%s, high from %d", scores, high)
            .isEqualTo(NaiveProfile.segmentZh(scores, high));
        seen.add(segment);
      }
      assertThat(seen).hasSize(8);
    }
  }

  @Test
  void whoHasNoScoresIsAProspect() {
    assertThat(new Segments(4).segment(null)).isEqualTo("prospect");
    assertThat(new Segments(4).segmentZh(null)).isEqualTo("潜在客户");
  }
}
