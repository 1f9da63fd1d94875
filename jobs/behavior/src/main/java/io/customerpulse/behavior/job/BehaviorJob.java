package io.customerpulse.behavior.job;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.customer.CustomerTopology;
import io.customerpulse.behavior.customer.CustomerTopology.Decided;
import io.customerpulse.behavior.ingest.IngestTopology;
import io.customerpulse.behavior.ingest.IngestTopology.Ingested;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.population.PopulationTopology;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.settings.EngineSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordSerializationSchema;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.kafka.BroadcastKafkaSource;
import io.customerpulse.runtime.kafka.KafkaOutputs;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.ProcessingTimeAdvancingKafkaSource;
import io.customerpulse.runtime.kafka.TimePolicy;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.time.WallClock;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The streaming job: tracking events in, everything that follows from them out.
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
 *
 * <p>Production gives it Kafka, {@code replay} files, tests lists: see {@link #connect}.
 */
public final class BehaviorJob {
  /** Consumer group and prefix of transactional ids: one for each job. */
  private static final String NAME = "customer-pulse-behavior";

  /** What steers the job while it runs. */
  private static final List<String> CONTROL_TOPICS =
      List.of(Topic.RFM_CUT_POINTS.wireName(), Topic.TRIGGER_RULES.wireName());

  private BehaviorJob() {}

  /** {@code --config FILE --rules PATH}: see {@link JobCommand}. */
  public static void main(String[] args) throws Exception {
    JobCommand command = new JobCommand();
    OptionalInt exitCode = command.read(console(System.out), console(System.err), args);
    if (exitCode.isPresent()) {
      System.exit(exitCode.getAsInt());
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.unbounded(EngineSettings.of(command.settings().state())));
    build(env, command.settings(), command.rules());
    env.execute("Customer Pulse: behaviour");
  }

  /** The job as it runs in production, from Kafka to Kafka. */
  public static void build(StreamExecutionEnvironment env, Settings settings, RuleSet rules) {
    KafkaSettings kafka = EngineSettings.of(settings.kafka());
    ProcessingTimeAdvancingKafkaSource<ParseResult> source =
        new ProcessingTimeAdvancingKafkaSource<>(
            kafka,
            Topic.TRACKING_EVENTS.wireName(),
            NAME,
            new TrackingRecordReader(settings, WallClock.system()),
            TrackingRecordReader.eventTime(),
            timePolicy(settings));
    RunMode run = RunMode.unbounded(settings, WallClock.system());
    DataStream<BroadcastRecord> broadcastRecords =
        env.fromSource(
                new BroadcastKafkaSource(kafka, CONTROL_TOPICS, NAME),
                WatermarkStrategy.noWatermarks(),
                "Read controls")
            .uid(Uids.READ_CONTROLS)
            .setParallelism(1);
    DataStream<ParseResult> parsed =
        env.fromSource(source, source.watermarks(), "Read tracking events")
            .uid(Uids.READ_TRACKING_EVENTS);
    connect(parsed, broadcastRecords, settings, rules, run)
        .sinkTo(
            KafkaOutputs.sink(kafka, NAME, new TopicRecordSerializationSchema(settings.kafka())))
        .uid(Uids.WRITE_TOPICS)
        .name("Write topics");
  }

  /** The topologies alone, from parsed records with watermarks to the records of all topics. */
  public static DataStream<TopicRecord> connect(
      DataStream<ParseResult> parsed, Settings settings, RuleSet rules, RunMode run) {
    Ingested ingested = IngestTopology.apply(parsed, settings, run);
    Decided decided = CustomerTopology.apply(ingested.events(), settings, rules, run);
    return records(ingested, decided, settings, run);
  }

  /**
   * The cuts alone, from parsed records with watermarks to the records of rfm-cut-points. A bounded
   * run that is given them has from the beginning what production learns as time passes.
   */
  public static DataStream<TopicRecord> connectCuts(
      DataStream<ParseResult> parsed, Settings settings, RunMode run) {
    Ingested ingested = IngestTopology.apply(parsed, settings, run);
    return PopulationTopology.apply(
        CustomerTopology.movesOf(ingested.events(), settings, run), settings, run);
  }

  /**
   * The same with rules that change while it runs.
   *
   * @param broadcastRecords records of the topics that steer the job, in one order
   */
  public static DataStream<TopicRecord> connect(
      DataStream<ParseResult> parsed,
      DataStream<BroadcastRecord> broadcastRecords,
      Settings settings,
      RuleSet rules,
      RunMode run) {
    Ingested ingested = IngestTopology.apply(parsed, settings, run);
    Decided decided =
        CustomerTopology.apply(ingested.events(), broadcastRecords, settings, rules, run);
    return records(ingested, decided, settings, run);
  }

  /** Cuts as the job reads them back from their topic, for a run that is given them. */
  public static List<BroadcastRecord> broadcastRecordsOf(List<CutPoints> cuts) {
    OutputRecords records = new OutputRecords();
    String topic = Topic.RFM_CUT_POINTS.wireName();
    return cuts.stream()
        .map(records::cutPoints)
        .map(record -> BroadcastRecord.of(topic, 0, 0, record.key(), record.value()))
        .toList();
  }

  private static DataStream<TopicRecord> records(
      Ingested ingested, Decided decided, Settings settings, RunMode run) {
    return decided
        .records()
        .union(PopulationTopology.apply(decided.moves(), settings, run), ingested.deadLetters());
  }

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static TimePolicy timePolicy(Settings settings) {
    return switch (settings.time().clock()) {
      case WALL -> TimePolicy.wall(settings.time().outOfOrderness(), WallClock.system());
      case EVENT -> TimePolicy.event(settings.time().outOfOrderness());
    };
  }
}
