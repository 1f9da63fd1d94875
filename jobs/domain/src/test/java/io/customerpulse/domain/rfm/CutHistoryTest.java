package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which cuts a decision uses, and when it has to do with older ones than it should. */
class CutHistoryTest {
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final Rfm VALUES = new Rfm(0, 1, 100);

  private final CutHistory history = new CutHistory();
  private final QuintileScoring scoring = new QuintileScoring(history);

  @Test
  void cutsAreUsedFromTheInstantTheyAreEffective() {
    put("2024-03-02");
    put("2024-03-03");
    assertThat(scoring.score("acme", at("2024-03-02T00:59:59.999Z"), VALUES)).isNull();
    assertThat(version("2024-03-02T01:00:00Z")).isEqualTo("2024-03-02");
    assertThat(version("2024-03-03T00:59:59.999Z")).isEqualTo("2024-03-02");
    assertThat(version("2024-03-03T01:00:00Z")).isEqualTo("2024-03-03");
    assertThat(scoring.score("other", at("2024-03-03T01:00:00Z"), VALUES)).isNull();
  }

  @Test
  void theEndOfARunUsesTheLastCuts() {
    put("2024-03-02");
    put("2024-03-03");
    assertThat(scoring.scoreAtEnd("acme", at("2024-03-03T00:00:00Z"), VALUES).cutsVersion())
        .isEqualTo("2024-03-03");
  }

  @Test
  void whereCutsAreMissingTheOlderOnesGoOnAndAreOutdated() {
    put("2024-03-02");
    assertThat(scoring.isOutdated("acme", at("2024-03-02T00:30:00Z"))).isFalse();
    assertThat(scoring.isOutdated("acme", at("2024-03-03T00:59:59.999Z"))).isFalse();
    assertThat(version("2024-03-05T00:00:00Z")).isEqualTo("2024-03-02");
    assertThat(scoring.isOutdated("acme", at("2024-03-03T01:00:00Z"))).isTrue();
    put("2024-03-03");
    assertThat(scoring.isOutdated("acme", at("2024-03-03T01:00:00Z"))).isFalse();
  }

  @Test
  void cutsCanBeTakenBack() {
    put("2024-03-02");
    history.remove("acme", "2024-03-01");
    history.remove("other", "2024-03-02");
    assertThat(version("2024-03-02T01:00:00Z")).isEqualTo("2024-03-02");
    history.remove("acme", "2024-03-02");
    assertThat(scoring.score("acme", at("2024-03-02T01:00:00Z"), VALUES)).isNull();
    assertThat(scoring.isOutdated("acme", at("2024-03-09T00:00:00Z"))).isFalse();
  }

  private void put(String version) {
    Instant midnight = at(version + "T00:00:00Z");
    Cuts cuts =
        new Cuts(
            version, List.of(1, 2, 3, 4), List.of(1, 2, 3, 4), List.of(100L, 200L, 300L, 400L));
    history.put(new CutPoints("acme", midnight, CutSchedule.effectiveAt(midnight), cuts), ZONE);
  }

  private String version(String at) {
    return scoring.score("acme", at(at), VALUES).cutsVersion();
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
