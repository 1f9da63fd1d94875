package io.customerpulse.domain.rfm;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the population of a tenant and takes its cuts at the times of a schedule. Pure. What
 * happened up to a taking, its instant included, is seen by it and what happened later isn't, in
 * whatever order it is learnt; what is learnt after its taking is seen by the next.
 */
public record Census(CutSchedule schedule) {

  /**
   * What becomes of the population.
   *
   * @param taken cuts, in the order of their takings
   * @param givenUp versions that nobody is to know any more
   * @param mergedTakings how many takings fell over the limit of those that may be pending
   * @param wakeAt when cuts are to be taken next; empty while there is nobody
   */
  public record Decision(
      CensusState next,
      List<CutPoints> taken,
      List<String> givenUp,
      int mergedTakings,
      Optional<Instant> wakeAt) {}

  /**
   * Takes a change.
   *
   * @param state null where nothing is known of the tenant
   */
  public Decision onShift(CensusState state, PopulationShift shift) {
    CensusState known =
        state == null
            ? new CensusState(shift.tenantId(), null, Population.NOBODY, new TreeMap<>())
            : state;
    if (known.takenAt() != null && !shift.countedAt().isAfter(known.takenAt())) {
      Population counted = known.counted().plus(shift.change());
      return decision(
          new CensusState(known.tenantId(), known.takenAt(), counted, known.pending()), 0);
    }
    SortedMap<Instant, Population> pending = new TreeMap<>(known.pending());
    pending.merge(shift.countedAt(), shift.change(), Population::plus);
    int merged = 0;
    if (pending.size() > CensusState.PENDING_LIMIT) {
      Population earliest = pending.remove(pending.firstKey());
      pending.merge(pending.firstKey(), earliest, (later, earlier) -> earlier.plus(later));
      merged = 1;
    }
    return decision(
        new CensusState(known.tenantId(), known.takenAt(), known.counted(), pending), merged);
  }

  /**
   * Takes the cuts that are due.
   *
   * @param now everything that happened up to it has been told
   */
  public Decision onTimer(CensusState state, Instant now) {
    Instant takenAt = state.takenAt();
    Population counted = state.counted();
    SortedMap<Instant, Population> pending = new TreeMap<>(state.pending());
    List<CutPoints> taken = new ArrayList<>();
    List<String> givenUp = new ArrayList<>();
    Instant taking = next(takenAt, counted, pending);
    while (taking != null && !taking.isAfter(now)) {
      Population change = pending.remove(taking);
      counted = change == null ? counted : counted.plus(change);
      takenAt = taking;
      take(state.tenantId(), takenAt, counted).ifPresent(taken::add);
      givenUp.add(schedule.versionGivenUp(takenAt));
      taking = next(takenAt, counted, pending);
    }
    CensusState after = new CensusState(state.tenantId(), takenAt, counted, pending);
    return new Decision(after, taken, givenUp, 0, Optional.ofNullable(taking));
  }

  private Optional<CutPoints> take(String tenantId, Instant takenAt, Population counted) {
    LocalDate today = LocalDate.ofInstant(takenAt, schedule.zone());
    return counted
        .cuts(schedule.version(takenAt), today)
        .map(cuts -> new CutPoints(tenantId, takenAt, CutSchedule.effectiveAt(takenAt), cuts));
  }

  private Decision decision(CensusState state, int merged) {
    Instant taking = next(state.takenAt(), state.counted(), state.pending());
    return new Decision(state, List.of(), List.of(), merged, Optional.ofNullable(taking));
  }

  private Instant next(
      Instant takenAt, Population counted, SortedMap<Instant, Population> pending) {
    Instant scheduled = takenAt == null || counted.isEmpty() ? null : schedule.after(takenAt);
    if (pending.isEmpty()) {
      return scheduled;
    }
    Instant awaited = pending.firstKey();
    return scheduled == null || awaited.isBefore(scheduled) ? awaited : scheduled;
  }
}
