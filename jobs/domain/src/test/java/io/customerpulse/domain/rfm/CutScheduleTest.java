package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CutScheduleTest {
  private static final CutSchedule SHANGHAI = new CutSchedule(ZoneId.of("Asia/Shanghai"), null);
  private static final Instant MIDNIGHT = Instant.parse("2024-02-29T16:00:00Z");

  @Test
  void cutsAreTakenAtLocalMidnight() {
    assertThat(SHANGHAI.after(MIDNIGHT.minusMillis(1))).isEqualTo(MIDNIGHT);
    assertThat(SHANGHAI.after(MIDNIGHT)).isEqualTo(Instant.parse("2024-03-01T16:00:00Z"));
    assertThat(SHANGHAI.atOrAfter(MIDNIGHT)).isEqualTo(MIDNIGHT);
    assertThat(SHANGHAI.atOrAfter(MIDNIGHT.plusMillis(1)))
        .isEqualTo(Instant.parse("2024-03-01T16:00:00Z"));
    assertThat(SHANGHAI.version(MIDNIGHT)).isEqualTo("2024-03-01");
    assertThat(CutSchedule.effectiveAt(MIDNIGHT)).isEqualTo("2024-02-29T17:00:00Z");
  }

  @Test
  void aDayBeginsWhereTheClocksLetIt() {
    // In Santiago the night to 2024-09-08 has no midnight: 24:00 is 01:00 already.
    CutSchedule santiago = new CutSchedule(ZoneId.of("America/Santiago"), null);
    Instant day = santiago.after(Instant.parse("2024-09-07T12:00:00Z"));
    assertThat(day).isEqualTo("2024-09-08T04:00:00Z");
    assertThat(santiago.version(day)).isEqualTo("2024-09-08");
    assertThat(santiago.after(day)).isEqualTo("2024-09-09T03:00:00Z");
  }

  @Test
  void cutsAreTakenAtTheEndOfABoundedRunToo() {
    Instant end = Instant.parse("2024-03-01T10:00:00Z");
    CutSchedule bounded = new CutSchedule(ZoneId.of("Asia/Shanghai"), end);
    assertThat(bounded.after(MIDNIGHT)).isEqualTo(end);
    assertThat(bounded.atOrAfter(end)).isEqualTo(end);
    assertThat(bounded.after(MIDNIGHT.minusMillis(1))).isEqualTo(MIDNIGHT);
    assertThat(bounded.version(end)).isEqualTo("2024-03-01T10:00:00Z");
    assertThat(new CutSchedule(ZoneId.of("Asia/Shanghai"), MIDNIGHT).version(MIDNIGHT))
        .isEqualTo("2024-03-01");
  }

  @Test
  void whatStandsIsWhatNoTakingHasGivenUp() {
    List<CutPoints> taken = new ArrayList<>();
    Set<String> standing = new TreeSet<>();
    Instant at = MIDNIGHT;
    for (int day = 0; day < 100; day++) {
      Cuts cuts = new Cuts(SHANGHAI.version(at), List.of(), List.of(), List.of());
      taken.add(new CutPoints("acme", at, CutSchedule.effectiveAt(at), cuts));
      standing.add(cuts.version());
      standing.remove(SHANGHAI.versionGivenUp(at));

      assertThat(SHANGHAI.standing(taken))
          .as("after %s", cuts.version())
          .extracting(points -> points.cuts().version())
          .containsExactlyElementsOf(standing);
      at = SHANGHAI.after(at);
    }
    assertThat(standing).hasSize(CutSchedule.KEPT_DAYS);
    assertThat(SHANGHAI.standing(List.of())).isEmpty();
  }
}
