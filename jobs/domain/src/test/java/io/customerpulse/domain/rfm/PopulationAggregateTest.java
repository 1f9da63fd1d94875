package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which cuts see what, and when cuts are taken at all. */
class PopulationAggregateTest {
  private static final Instant MIDNIGHT = Instant.parse("2024-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final CutSchedule SCHEDULE = new CutSchedule(ZoneId.of("UTC"), null);
  private static final RfmPosition ONE = RfmPosition.of(19_783, 1, 100);
  private static final RfmPosition TWO = RfmPosition.of(19_783, 2, 200);

  private final PopulationAggregate population = new PopulationAggregate(SCHEDULE);
  private PopulationState state;

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
    Decision<PopulationState, PopulationEffect> decision = population.onTimer(state, MIDNIGHT);
    assertThat(taken(decision)).isEmpty();
    assertThat(decision.nextTimer()).isNull();
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
  void theTimerIsTheNextSnapshot() {
    Decision<PopulationState, PopulationEffect> first =
        population.onDelta(null, delta(MIDNIGHT.minusMillis(1), null, ONE));
    assertThat(first.nextTimer()).isEqualTo(MIDNIGHT);
    Decision<PopulationState, PopulationEffect> woken =
        population.onTimer(first.next(), MIDNIGHT.plusMillis(5));
    assertThat(woken.nextTimer()).isEqualTo(MIDNIGHT.plus(DAY));
  }

  @Test
  void pendingSnapshotsAreBounded() {
    int merged = 0;
    for (int day = 0; day <= PopulationState.PENDING_LIMIT; day++) {
      Decision<PopulationState, PopulationEffect> decision =
          population.onDelta(state, delta(MIDNIGHT.plus(DAY.multipliedBy(day)), null, ONE));
      state = decision.next();
      merged += decision.effects().contains(new PopulationEffect.SnapshotsMerged(1)) ? 1 : 0;
    }
    assertThat(merged).isEqualTo(1);
    assertThat(state.pending()).hasSize(PopulationState.PENDING_LIMIT);
    assertThat(state.pending().get(MIDNIGHT.plus(DAY)).orders().total()).isEqualTo(2);
  }

  private void move(Instant at, RfmPosition from, RfmPosition to) {
    state = population.onDelta(state, delta(at, from, to)).next();
  }

  private static HistogramDelta delta(Instant at, RfmPosition from, RfmPosition to) {
    LocalPreAggregator aggregator = new LocalPreAggregator(tenant -> SCHEDULE);
    aggregator.add(new PositionChange("acme", at, from, to));
    return aggregator.takeAll().get(0);
  }

  private List<CutPoints> take(Instant now) {
    Decision<PopulationState, PopulationEffect> decision = population.onTimer(state, now);
    state = decision.next();
    return taken(decision);
  }

  private List<List<Integer>> frequencyCuts(Instant now) {
    return take(now).stream().map(points -> points.cuts().frequency()).toList();
  }

  private static List<CutPoints> taken(Decision<PopulationState, PopulationEffect> decision) {
    return decision.effects().stream()
        .filter(PopulationEffect.CutsTaken.class::isInstance)
        .map(effect -> ((PopulationEffect.CutsTaken) effect).points())
        .toList();
  }
}
