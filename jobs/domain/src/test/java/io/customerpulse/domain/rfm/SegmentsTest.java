package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.NaiveProfile;
import io.customerpulse.domain.settings.SettingsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final SegmentNames DEFAULT = SettingsReader.defaults().rfm().segmentNames();

  @Test
  void everyCellHasTheSegmentOfTheTable() {
    Set<String> seen = new HashSet<>();
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        Scores scores = new Scores(r, f, 3, "v");
        String segment = new Segments(4, DEFAULT).segment(scores, true);
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
        String segment = new Segments(high, DEFAULT).segmentZh(scores, true);
        assertThat(segment)
            .as("%s, high from %d", scores, high)
            .isEqualTo(NaiveProfile.segmentZh(scores, high));
        seen.add(segment);
      }
      assertThat(seen).hasSize(8);
    }
  }

  /** With a name of its own for each cell, each cell has its name and no two have the same. */
  @Test
  void bothMapsAreTotalAndWithoutOverlap() {
    List<List<String>> rows = new ArrayList<>();
    for (int r = 1; r <= 5; r++) {
      List<String> row = new ArrayList<>();
      for (int f = 1; f <= 5; f++) {
        row.add(String.format(Locale.ROOT, "R%dF%d", r, f));
      }
      rows.add(row);
    }
    List<String> eight = List.of("0", "1", "2", "3", "4", "5", "6", "7");
    Segments segments = new Segments(4, new SegmentNames(rows, eight, "p", "P", "u", "U"));
    Set<String> seen = new HashSet<>();
    Set<String> seenZh = new HashSet<>();
    for (int cell = 0; cell < 125; cell++) {
      Scores scores = new Scores(1 + cell / 25, 1 + cell / 5 % 5, 1 + cell % 5, "v");
      assertThat(segments.segment(scores, true))
          .isEqualTo(String.format(Locale.ROOT, "R%dF%d", scores.r(), scores.f()));
      seen.add(segments.segment(scores, true));
      seenZh.add(segments.segmentZh(scores, true));
    }
    assertThat(seen).hasSize(25);
    assertThat(seenZh).hasSize(8);
  }

  @Test
  void whoHasNoScoresIsAProspectOrNotScoredYet() {
    Segments segments = new Segments(4, DEFAULT);
    assertThat(segments.segment(null, false)).isEqualTo("prospect");
    assertThat(segments.segmentZh(null, false)).isEqualTo("潜在客户");
    assertThat(segments.segment(null, true)).isEqualTo("unscored");
    assertThat(segments.segmentZh(null, true)).isEqualTo("尚未评分");
  }
}
