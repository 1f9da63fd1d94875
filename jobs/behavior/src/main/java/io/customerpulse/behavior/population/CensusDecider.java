package io.customerpulse.behavior.population;

import io.customerpulse.domain.rfm.Census;
import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.runtime.keyedlogic.Decider;
import io.customerpulse.runtime.keyedlogic.Verdict;
import java.time.Instant;
import java.util.List;

/** Asks the domain what shifts and time do to the population of a tenant. */
final class CensusDecider implements Decider<CensusState, PopulationShift, Census.Decision> {
  private final CutSchedules schedules;

  CensusDecider(CutSchedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public Verdict<CensusState, Census.Decision> onEvent(
      String tenantId, CensusState state, PopulationShift shift, Instant watermark) {
    return verdict(census(tenantId).onShift(state, shift));
  }

  @Override
  public Verdict<CensusState, Census.Decision> onWake(
      String tenantId, CensusState state, Instant watermark) {
    return verdict(census(tenantId).onWake(state, watermark));
  }

  private Census census(String tenantId) {
    return new Census(schedules.of(tenantId));
  }

  private static Verdict<CensusState, Census.Decision> verdict(Census.Decision decision) {
    return new Verdict<>(decision.next(), List.of(decision), decision.wakeAt().orElse(null));
  }
}
