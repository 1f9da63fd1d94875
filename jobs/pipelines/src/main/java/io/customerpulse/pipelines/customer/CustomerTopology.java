package io.customerpulse.pipelines.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.job.RunMode;
import io.customerpulse.pipelines.job.Uids;
import io.customerpulse.pipelines.metrics.Counts;
import io.customerpulse.pipelines.operator.Deciding;
import io.customerpulse.pipelines.output.TopicRecord;
import io.customerpulse.pipelines.output.TopicRecordTypeInfo;
import io.customerpulse.pipelines.state.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Clean events → records of the topics behavior-events, customer-profiles, lifecycle-transitions,
 * marketing-triggers, trigger-outcomes and dead-letters.
 *
 * <pre>
 * events → by customer → decide → records
 * </pre>
 */
public final class CustomerTopology {

  private CustomerTopology() {}

  /**
   * Puts the topology behind a stream of events.
   *
   * @param events each once, with its origin; watermarks as of ingest
   */
  public static DataStream<TopicRecord> apply(
      DataStream<BehaviorEvent> events, Settings settings, RuleSet rules, RunMode run) {
    return new Deciding<>(
            Uids.CUSTOMER_ROLE,
            new CustomerDecider(settings, rules, run),
            new OutputEmitter(new Counts(run.isBounded())),
            Types.CUSTOMER_STATE,
            run.cachedStates())
        .apply(
            "Decide what customers bring about",
            events,
            event -> event.customer().asText(),
            TopicRecordTypeInfo.INSTANCE)
        .uid(Uids.DECIDE_CUSTOMERS);
  }
}
