package io.customerpulse.behavior.population;

import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.PopulationAggregate;
import io.customerpulse.domain.rfm.PopulationEffect;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.runtime.keyedlogic.Decision;
import io.customerpulse.runtime.keyedlogic.KeyedLogic;
import java.time.Instant;
import java.util.List;

/** Asks the domain what deltas and time do to the population of a tenant. */
final class PopulationLogic
    implements KeyedLogic<PopulationState, HistogramDelta, PopulationEffect> {
  private final CutSchedules schedules;

  PopulationLogic(CutSchedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public Decision<PopulationState, PopulationEffect> onEvents(
      String tenantId, PopulationState state, List<HistogramDelta> deltas, Instant watermark) {
    // They don't wait, so they come one by one.
    return population(tenantId).onDelta(state, deltas.get(0)).as(Decision::new);
  }

  @Override
  public Decision<PopulationState, PopulationEffect> onTimer(
      String tenantId, PopulationState state, Instant watermark) {
    return population(tenantId).onTimer(state, watermark).as(Decision::new);
  }

  private PopulationAggregate population(String tenantId) {
    return new PopulationAggregate(schedules.of(tenantId));
  }
}
