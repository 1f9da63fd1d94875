package io.customerpulse.behavior.population;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.rfm.PopulationShift;
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
      DataStream<PopulationMove> moves, Settings settings, RunMode run) {
    CutSchedules schedules = new CutSchedules(settings, run);
    DataStream<PopulationShift> shifts =
        moves
            .transform(
                "Add up moves within the population",
                Types.POPULATION_SHIFT,
                new TallyOperator.Factory(schedules))
            .uid(Uids.ADD_UP_MOVES);
    return new KeyedLogicSpec<>(
            Uids.POPULATION_ROLE,
            new CensusLogic(schedules),
            new CutPointsMapper(new Counters(run.isBounded())),
            Types.CENSUS_STATE,
            run.cachedStates())
        .apply(
            "Take cuts of the population",
            shifts,
            PopulationShift::tenantId,
            TopicRecordTypeInfo.INSTANCE)
        .uid(Uids.TAKE_CUTS);
  }
}
