package io.customerpulse.behavior.job;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.customer.CustomerTopology;
import io.customerpulse.behavior.customer.CustomerTopology.Decided;
import io.customerpulse.behavior.ingest.IngestTopology;
import io.customerpulse.behavior.ingest.IngestTopology.Ingested;
import io.customerpulse.behavior.population.PopulationTopology;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
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
 *   sort-readings ──────────── write-dead-letters
 *        │ by identifier
 *   find-duplicates           waits for the watermark; each event once
 *        │ by customer
 *        │      trigger-rules, rfm-cut-points
 *        │           │
 *        │      read-controls     to their end at a start
 *        │           │
 *        │      check-controls ── write-refused-controls
 *        │           │ to all
 *   decide-customers ───────── write-topics: behavior-events, customer-profiles,
 *        │ moves               lifecycle-transitions, marketing-triggers, trigger-outcomes,
 *        │                     dead-letters
 *    add-up-moves
 *        │ by tenant
 *     take-cuts ────────────── write-cuts: rfm-cut-points
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
    Outputs outputs =
        Outputs.none()
            .with(Uids.WRITE_TOPICS, decided.records())
            .with(Uids.WRITE_CUTS, cuts)
            .with(Uids.WRITE_DEAD_LETTERS, ingested.deadLetters());
    to.write(
        decided
            .refusedControls()
            .map(refused -> outputs.with(Uids.WRITE_REFUSED_CONTROLS, refused))
            .orElse(outputs));
  }

  /**
   * The cuts alone, which are the records of rfm-cut-points. A bounded run that is given them has
   * from the beginning what production learns as time passes.
   */
  public static void connectCuts(Sources from, Sinks to, Settings settings, RunMode run) {
    Ingested ingested = IngestTopology.apply(from.parsed(), settings, run);
    DataStream<PositionChange> moves = CustomerTopology.movesOf(ingested.events(), settings, run);
    DataStream<TopicRecord> cuts = PopulationTopology.apply(moves, settings, run);
    to.write(Outputs.none().with(Uids.WRITE_CUTS, cuts));
  }

  private static Decided decided(
      DataStream<EncodedEvent> events,
      Sources from,
      Settings settings,
      RuleSet rules,
      RunMode run) {
    return from.broadcastRecords() == null
        ? CustomerTopology.apply(events, settings, rules, run)
        : CustomerTopology.apply(events, from.broadcastRecords(), settings, rules, run);
  }
}
