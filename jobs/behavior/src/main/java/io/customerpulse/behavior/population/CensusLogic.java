package io.customerpulse.behavior.population;

import io.customerpulse.domain.rfm.Census;
import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.runtime.keyedlogic.KeyedLogic;
import io.customerpulse.runtime.keyedlogic.Verdict;
import java.time.Instant;
import java.util.List;

/** Asks the domain what shifts and time do to the population of a tenant. */
final class CensusLogic implements KeyedLogic<CensusState, PopulationShift, Census.Decision> {
  private final CutSchedules schedules;

  CensusLogic(CutSchedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public Verdict<CensusState, Census.Decision> onEvent(
      String tenantId, CensusState state, PopulationShift shift, Instant watermark) {
    return verdict(census(tenantId).onShift(state, shift));
  }

  @Override
  public Verdict<CensusState, Census.Decision> onTimer(
      String tenantId, CensusState state, Instant watermark) {
    return verdict(census(tenantId).onTimer(state, watermark));
  }

  private Census census(String tenantId) {
    return new Census(schedules.of(tenantId));
  }

  private static Verdict<CensusState, Census.Decision> verdict(Census.Decision decision) {
    return new Verdict<>(decision.next(), List.of(decision), decision.wakeAt().orElse(null));
  }
}
