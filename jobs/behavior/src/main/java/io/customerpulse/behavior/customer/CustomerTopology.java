package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.KeyedLogicMetrics;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import io.customerpulse.runtime.keyedlogic.KeyedLogicSpec;
import io.customerpulse.runtime.keyedlogic.OperatorMetrics;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Clean events → records of the topics behavior-events, customer-profiles, lifecycle-transitions,
 * marketing-triggers, trigger-outcomes and dead-letters, and moves within the population.
 *
 * <pre>
 * events ────────────→ by customer → decide ─┬→ records
 * [broadcast → check ─┬→ to all ────────┘     ├→ moves
 *                    └→ dead letters ────────┘]
 * </pre>
 */
public final class CustomerTopology {
  private static final String NAME = "Decide what customers bring about";
  static final OutputTag<PositionChange> MOVES =
      new OutputTag<>("population-moves", Types.POSITION_CHANGE);

  private CustomerTopology() {}

  /**
   * What comes out.
   *
   * @param refusedControls dead letters of what was to steer the job; empty where nothing does
   */
  public record Decided(
      DataStream<TopicRecord> records,
      DataStream<PositionChange> moves,
      Optional<DataStream<TopicRecord>> refusedControls) {}

  /**
   * Puts the topology behind a stream of events.
   *
   * @param events each once, with its origin; watermarks as of ingest
   */
  public static Decided apply(
      DataStream<EncodedEvent> events, Settings settings, RuleSet rules, RunMode run) {
    return decided(
        customers(settings, rules, run)
            .apply(NAME, events, byCustomer(), TopicRecordTypeInfo.INSTANCE));
  }

  /**
   * Only the moves within the population, which depend neither on rules nor on cuts.
   *
   * @param events as of {@link #apply}
   */
  public static DataStream<PositionChange> movesOf(
      DataStream<EncodedEvent> events, Settings settings, RunMode run) {
    return new KeyedLogicSpec<>(
            Uids.CUSTOMER_ROLE,
            new CustomerLogic(settings, RuleSet.of(List.of()), run),
            new HistogramDeltaMapper(),
            OperatorMetrics.none(),
            Types.CUSTOMER_STATE,
            EncodedEvent.BUFFERING,
            run.cachedStates())
        .apply(
            "Decide how customers move within the population",
            events,
            byCustomer(),
            Types.POSITION_CHANGE)
        .uid(Uids.DECIDE_CUSTOMERS);
  }

  /**
   * The same with rules that change while it runs.
   *
   * @param broadcastRecords records of the topics that steer the job, in one order
   */
  public static Decided apply(
      DataStream<EncodedEvent> events,
      DataStream<BroadcastRecord> broadcastRecords,
      Settings settings,
      RuleSet rules,
      RunMode run) {
    SingleOutputStreamOperator<BroadcastRecord> checked =
        broadcastRecords
            .process(
                new CheckBroadcastRecords(settings.rfm().segmentNames(), run),
                BroadcastRecordTypeInfo.INSTANCE)
            .setParallelism(1)
            .uid(Uids.CHECK_CONTROLS)
            .name("Check controls");
    Decided decided =
        decided(
            customers(settings, rules, run)
                .apply(NAME, events, byCustomer(), checked, TopicRecordTypeInfo.INSTANCE));
    return new Decided(
        decided.records(),
        decided.moves(),
        Optional.of(checked.getSideOutput(CheckBroadcastRecords.DEAD_LETTERS)));
  }

  private static Decided decided(SingleOutputStreamOperator<TopicRecord> records) {
    records.uid(Uids.DECIDE_CUSTOMERS);
    return new Decided(records, records.getSideOutput(MOVES), Optional.empty());
  }

  private static KeySelector<EncodedEvent, String> byCustomer() {
    return EncodedEvent::customerKey;
  }

  private static KeyedLogicSpec<CustomerState, EncodedEvent, Effect, TopicRecord> customers(
      Settings settings, RuleSet rules, RunMode run) {
    return new KeyedLogicSpec<>(
        Uids.CUSTOMER_ROLE,
        new CustomerLogic(settings, rules, run),
        new EffectMapper(new Counters(run.isBounded())),
        new KeyedLogicMetrics<CustomerState>(Uids.DECIDE_CUSTOMERS, run.isBounded())
            .withTotal(Metric.OPEN_EPISODES, state -> state.episodes().live().size()),
        Types.CUSTOMER_STATE,
        EncodedEvent.BUFFERING,
        run.cachedStates());
  }
}
