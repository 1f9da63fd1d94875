package io.customerpulse.behavior.job;

import io.customerpulse.behavior.customer.CustomerTopology;
import io.customerpulse.behavior.customer.CustomerTopology.Decided;
import io.customerpulse.behavior.ingest.IngestTopology;
import io.customerpulse.behavior.ingest.IngestTopology.Ingested;
import io.customerpulse.behavior.population.PopulationTopology;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * From tracking events to everything that follows from them. Production gives it Kafka, {@code
 * replay} and {@code bootstrap} files, tests lists.
 *
 * <pre>
 *  tracking-events
 *        │
 *   read-tracking-events      bytes → event or dead letter; watermarks
 *        │
 *   sort-readings ──────────────────────── dead letters ──┐
 *        │ by identifier                                  │
 *   find-duplicates ────────────────────── dead letters ──┤
 *        │ by customer                                    │
 *        │      trigger-rules, rfm-cut-points             │
 *        │           │                                    │
 *        │      read-controls     to their end at a start │
 *        │           │                                    │
 *        │      check-controls ────────────── dead letters┤
 *        │           │ to all                             │
 *   decide-customers ── behavior-events, customer-profiles, lifecycle-transitions,
 *        │              marketing-triggers, trigger-outcomes, dead-letters
 *        │ moves                                          │
 *    add-up-moves                                         │
 *        │ by tenant                                      │
 *     take-cuts ────────────────────────── rfm-cut-points ┤
 *                                 ┌───────────────────────┘
 *                           write-topics      one transaction per checkpoint
 * </pre>
 */
public final class BehaviorPipeline {
  private BehaviorPipeline() {}

  /** All of it. */
  public static void connect(
      Sources from, Sinks to, Settings settings, RuleSet rules, RunMode run) {
    Ingested ingested = IngestTopology.apply(from.parsed(), settings, run);
    Decided decided = decided(ingested.events(), from, settings, rules, run);
    DataStream<TopicRecord> cuts = PopulationTopology.apply(decided.moves(), settings, run);
    to.write(decided.records().union(cuts, ingested.deadLetters()));
  }

  /**
   * The cuts alone, which are the records of rfm-cut-points. A bounded run that is given them has
   * from the beginning what production learns as time passes.
   */
  public static void connectCuts(Sources from, Sinks to, Settings settings, RunMode run) {
    Ingested ingested = IngestTopology.apply(from.parsed(), settings, run);
    DataStream<PositionChange> moves = CustomerTopology.movesOf(ingested.events(), settings, run);
    to.write(PopulationTopology.apply(moves, settings, run));
  }

  private static Decided decided(
      DataStream<BehaviorEvent> events,
      Sources from,
      Settings settings,
      RuleSet rules,
      RunMode run) {
    return from.broadcastRecords() == null
        ? CustomerTopology.apply(events, settings, rules, run)
        : CustomerTopology.apply(events, from.broadcastRecords(), settings, rules, run);
  }
}
