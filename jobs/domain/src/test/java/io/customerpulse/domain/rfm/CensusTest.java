package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which cuts see what, and when cuts are taken at all. */
class CensusTest {
  private static final Instant MIDNIGHT = Instant.parse("2024-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final CutSchedule SCHEDULE = new CutSchedule(ZoneId.of("UTC"), null);
  private static final Standing ONE = Standing.of(19_783, 1, 100);
  private static final Standing TWO = Standing.of(19_783, 2, 200);

  private final Census census = new Census(SCHEDULE);
  private CensusState state;

  @Test
  void whatHappensAtMidnightIsSeenByItsCutsAndWhatHappensLaterIsNot() {
    move(MIDNIGHT.plusMillis(1), ONE, TWO);
    move(MIDNIGHT.minusMillis(1), null, ONE);
    move(MIDNIGHT, null, TWO);
    assertThat(frequencyCuts(MIDNIGHT.plus(DAY)))
        .containsExactly(List.of(1, 1, 2, 2), List.of(2, 2, 2, 2));
  }

  @Test
  void cutsAreTakenEveryDayThoughNobodyMoves() {
    move(MIDNIGHT.minusMillis(1), null, ONE);
    List<CutPoints> taken = take(MIDNIGHT.plus(DAY.multipliedBy(2)));
    assertThat(taken)
        .extracting(points -> points.cuts().version())
        .containsExactly("2024-03-02", "2024-03-03", "2024-03-04");
    assertThat(taken)
        .extracting(points -> points.cuts().recencyDays().get(0))
        .containsExactly(1, 2, 3);
  }

  @Test
  void noCutsAreTakenOfNobody() {
    move(MIDNIGHT.minusMillis(2), null, ONE);
    move(MIDNIGHT.minusMillis(1), ONE, null);
    Census.Decision decision = census.onTimer(state, MIDNIGHT);
    assertThat(decision.taken()).isEmpty();
    assertThat(decision.wakeAt()).isEmpty();
  }

  @Test
  void whatIsLearntAfterItsCutsIsSeenByTheNext() {
    move(MIDNIGHT.minusMillis(1), null, ONE);
    assertThat(frequencyCuts(MIDNIGHT)).containsExactly(List.of(1, 1, 1, 1));
    move(MIDNIGHT, ONE, TWO);
    assertThat(state.pending()).isEmpty();
    assertThat(frequencyCuts(MIDNIGHT.plus(DAY))).containsExactly(List.of(2, 2, 2, 2));
  }

  @Test
  void theWakeIsTheNextTaking() {
    Census.Decision first = census.onShift(null, shift(MIDNIGHT.minusMillis(1), null, ONE));
    assertThat(first.wakeAt()).isEqualTo(Optional.of(MIDNIGHT));
    Census.Decision woken = census.onTimer(first.next(), MIDNIGHT.plusMillis(5));
    assertThat(woken.wakeAt()).isEqualTo(Optional.of(MIDNIGHT.plus(DAY)));
  }

  @Test
  void pendingTakingsAreBounded() {
    int merged = 0;
    for (int day = 0; day <= CensusState.PENDING_LIMIT; day++) {
      Census.Decision decision =
          census.onShift(state, shift(MIDNIGHT.plus(DAY.multipliedBy(day)), null, ONE));
      state = decision.next();
      merged += decision.mergedTakings();
    }
    assertThat(merged).isEqualTo(1);
    assertThat(state.pending()).hasSize(CensusState.PENDING_LIMIT);
    assertThat(state.pending().get(MIDNIGHT.plus(DAY)).orders().total()).isEqualTo(2);
  }

  private void move(Instant at, Standing from, Standing to) {
    state = census.onShift(state, shift(at, from, to)).next();
  }

  private static PopulationShift shift(Instant at, Standing from, Standing to) {
    PopulationTally tally = new PopulationTally(tenant -> SCHEDULE);
    tally.add(new PopulationMove("acme", at, from, to));
    return tally.takeAll().get(0);
  }

  private List<CutPoints> take(Instant now) {
    Census.Decision decision = census.onTimer(state, now);
    state = decision.next();
    return decision.taken();
  }

  private List<List<Integer>> frequencyCuts(Instant now) {
    return take(now).stream().map(points -> points.cuts().frequency()).toList();
  }
}
