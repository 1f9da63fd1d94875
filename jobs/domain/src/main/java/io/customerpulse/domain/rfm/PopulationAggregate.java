package io.customerpulse.domain.rfm;

import io.customerpulse.domain.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the population of a tenant and takes its cuts at the times of a schedule. Pure. What
 * happened up to a snapshot, its instant included, is seen by it and what happened later isn't, in
 * whatever order it is learnt; what is learnt after its snapshot is seen by the next.
 */
public record PopulationAggregate(CutSchedule schedule) {

  /**
   * Takes a change.
   *
   * @param state null where nothing is known of the tenant
   */
  public Decision<PopulationState, PopulationEffect> onDelta(
      PopulationState state, HistogramDelta delta) {
    PopulationState known =
        state == null
            ? new PopulationState(
                delta.tenantId(), null, PopulationHistogram.NOBODY, new TreeMap<>())
            : state;
    if (known.takenAt() != null && !delta.snapshotAt().isAfter(known.takenAt())) {
      PopulationHistogram counted = known.counted().plus(delta.change());
      return decision(
          new PopulationState(known.tenantId(), known.takenAt(), counted, known.pending()),
          List.of());
    }
    SortedMap<Instant, PopulationHistogram> pending = new TreeMap<>(known.pending());
    pending.merge(delta.snapshotAt(), delta.change(), PopulationHistogram::plus);
    List<PopulationEffect> effects = List.of();
    if (pending.size() > PopulationState.PENDING_LIMIT) {
      PopulationHistogram earliest = pending.remove(pending.firstKey());
      pending.merge(pending.firstKey(), earliest, (later, earlier) -> earlier.plus(later));
      effects = List.of(new PopulationEffect.SnapshotsMerged(1));
    }
    return decision(
        new PopulationState(known.tenantId(), known.takenAt(), known.counted(), pending), effects);
  }

  /**
   * Takes the cuts that are due.
   *
   * @param now everything that happened up to it has been told
   */
  public Decision<PopulationState, PopulationEffect> onTimer(PopulationState state, Instant now) {
    Instant takenAt = state.takenAt();
    PopulationHistogram counted = state.counted();
    SortedMap<Instant, PopulationHistogram> pending = new TreeMap<>(state.pending());
    List<CutPoints> taken = new ArrayList<>();
    List<String> givenUp = new ArrayList<>();
    Instant snapshot = next(takenAt, counted, pending);
    while (snapshot != null && !snapshot.isAfter(now)) {
      PopulationHistogram change = pending.remove(snapshot);
      counted = change == null ? counted : counted.plus(change);
      takenAt = snapshot;
      take(state.tenantId(), takenAt, counted).ifPresent(taken::add);
      givenUp.add(schedule.versionGivenUp(takenAt));
      snapshot = next(takenAt, counted, pending);
    }
    List<PopulationEffect> effects = new ArrayList<>(taken.size() + givenUp.size());
    taken.forEach(points -> effects.add(new PopulationEffect.CutsTaken(points)));
    for (String version : givenUp) {
      effects.add(new PopulationEffect.CutsGivenUp(state.tenantId(), version, takenAt));
    }
    return new Decision<>(
        new PopulationState(state.tenantId(), takenAt, counted, pending), effects, snapshot);
  }

  private Optional<CutPoints> take(String tenantId, Instant takenAt, PopulationHistogram counted) {
    LocalDate today = LocalDate.ofInstant(takenAt, schedule.zone());
    return counted
        .cuts(schedule.version(takenAt), today)
        .map(cuts -> new CutPoints(tenantId, takenAt, CutSchedule.effectiveAt(takenAt), cuts));
  }

  private Decision<PopulationState, PopulationEffect> decision(
      PopulationState state, List<PopulationEffect> effects) {
    Instant snapshot = next(state.takenAt(), state.counted(), state.pending());
    return new Decision<>(state, effects, snapshot);
  }

  private Instant next(
      Instant takenAt,
      PopulationHistogram counted,
      SortedMap<Instant, PopulationHistogram> pending) {
    Instant scheduled = takenAt == null || counted.isEmpty() ? null : schedule.after(takenAt);
    if (pending.isEmpty()) {
      return scheduled;
    }
    Instant awaited = pending.firstKey();
    return scheduled == null || awaited.isBefore(scheduled) ? awaited : scheduled;
  }
}
