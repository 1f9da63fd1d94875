package io.customerpulse.behavior.job;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.settings.DeploymentSettings;
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
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The streaming job: {@link BehaviorPipeline} from Kafka to Kafka. */
public final class BehaviorJob {
  /** Consumer group, and with the uid of a sink the prefix of its transactional ids. */
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
            JobEnvironment.unbounded(command.settings().state()));
    build(env, command.settings(), command.rules());
    env.execute("Customer Pulse: behaviour");
  }

  /** The job as it runs in production. */
  public static void build(
      StreamExecutionEnvironment env, DeploymentSettings deployment, RuleSet rules) {
    Settings settings = deployment.domain();
    BehaviorPipeline.connect(
        sources(env, settings, deployment.kafka()),
        sinks(deployment.kafka()),
        settings,
        rules,
        RunMode.unbounded(settings, WallClock.system()));
  }

  private static Sources sources(
      StreamExecutionEnvironment env, Settings settings, KafkaSettings kafka) {
    DataStream<BroadcastRecord> controls =
        env.fromSource(
                new BroadcastKafkaSource(kafka, CONTROL_TOPICS, NAME),
                WatermarkStrategy.noWatermarks(),
                "Read controls")
            .uid(Uids.READ_CONTROLS)
            .setParallelism(1);
    ProcessingTimeAdvancingKafkaSource<ParseResult> trackingEvents =
        new ProcessingTimeAdvancingKafkaSource<>(
            kafka,
            Topic.TRACKING_EVENTS.wireName(),
            NAME,
            new TrackingRecordReader(settings, WallClock.system()),
            TrackingRecordReader.eventTime(),
            timePolicy(settings).withMaxDrift(maxDrift(settings, kafka)));
    DataStream<ParseResult> parsed =
        env.fromSource(trackingEvents, trackingEvents.watermarks(), "Read tracking events")
            .uid(Uids.READ_TRACKING_EVENTS);
    return Sources.of(parsed, controls);
  }

  private static Sinks sinks(KafkaSettings kafka) {
    return outputs -> outputs.byUid().forEach((uid, records) -> write(uid, records, kafka));
  }

  private static void write(String uid, DataStream<TopicRecord> records, KafkaSettings kafka) {
    records
        .sinkTo(
            KafkaOutputs.sink(kafka, NAME + '-' + uid, new TopicRecordSerializationSchema(kafka)))
        .uid(uid)
        .name("Write topics (" + uid + ')');
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

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** An event may claim to be of the future by so much, and then its partition isn't ahead. */
  private static Duration maxDrift(Settings settings, KafkaSettings kafka) {
    return kafka.maxDrift().plus(settings.time().maxFuture());
  }

  private static TimePolicy timePolicy(Settings settings) {
    return switch (settings.time().clock()) {
      case WALL -> TimePolicy.wall(settings.time().outOfOrderness(), WallClock.system());
      case EVENT -> TimePolicy.event(settings.time().outOfOrderness());
    };
  }
}
