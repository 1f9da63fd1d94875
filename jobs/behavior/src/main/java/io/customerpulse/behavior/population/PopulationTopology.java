package io.customerpulse.behavior.population;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.KeyedLogicMetrics;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.keyedlogic.KeyedLogicSpec;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Moves of customers → records of topic rfm-cut-points.
 *
 * <pre>
 * moves → add up, where they come about → by tenant → count, and take cuts → records
 * </pre>
 *
 * <p>Whatever is added up leaves before the watermark that takes the cuts of it, so it doesn't
 * matter where and how it was added up.
 */
public final class PopulationTopology {
  private PopulationTopology() {}

  /**
   * Puts the topology behind the moves.
   *
   * @param moves with the watermarks of those who decide about customers
   */
  public static DataStream<TopicRecord> apply(
      DataStream<PositionChange> moves, Settings settings, RunMode run) {
    CutSchedules schedules = new CutSchedules(settings, run);
    DataStream<HistogramDelta> deltas =
        moves
            .transform(
                "Add up moves within the population",
                Types.HISTOGRAM_DELTA,
                new LocalPreAggregationOperator.Factory(schedules))
            .uid(Uids.ADD_UP_MOVES);
    return new KeyedLogicSpec<>(
            Uids.POPULATION_ROLE,
            new PopulationLogic(schedules),
            new CutPointsMapper(new Counters(run.isBounded())),
            new KeyedLogicMetrics<>(Uids.TAKE_CUTS, run.isBounded()),
            Types.POPULATION_STATE,
            null,
            run.cachedStates())
        .apply(
            "Take cuts of the population",
            deltas,
            HistogramDelta::tenantId,
            TopicRecordTypeInfo.INSTANCE)
        .uid(Uids.TAKE_CUTS);
  }
}
