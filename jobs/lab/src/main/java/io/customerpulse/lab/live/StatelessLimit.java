package io.customerpulse.lab.live;

import io.customerpulse.behavior.avro.BehaviorEvents;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordSerializationSchema;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.kafka.KafkaOutputs;
import io.customerpulse.runtime.kafka.ProcessingTimeAdvancingKafkaSource;
import io.customerpulse.runtime.kafka.TimePolicy;
import io.customerpulse.runtime.time.WallClock;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * What a job costs that remembers nothing: the behaviour job's reader and validation, then clean
 * events to Kafka by its sink, exactly once. Nobody who reads and writes all events can do with
 * less. Submitted with the behaviour job's jar, and this class beside it.
 */
public final class StatelessLimit {
  static final String NAME = "customer-pulse-stateless-limit";

  private StatelessLimit() {}

  /** {@code CONFIG}: the settings of the behaviour job. */
  public static void main(String[] args) throws Exception {
    DeploymentSettings deployment =
        new DeploymentSettingsReader(System::getenv).read(Path.of(args[0]));
    Settings settings = deployment.domain();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.unbounded(deployment.state()));
    ProcessingTimeAdvancingKafkaSource<ParseResult> source =
        new ProcessingTimeAdvancingKafkaSource<>(
            deployment.kafka(),
            Topic.TRACKING_EVENTS.wireName(),
            NAME,
            new TrackingRecordReader(settings, WallClock.system()),
            TrackingRecordReader.eventTime(),
            TimePolicy.wall(settings.time().outOfOrderness(), WallClock.system()));
    // The name by which the metrics of either job's source are found.
    env.fromSource(source, source.watermarks(), "Read tracking events")
        .flatMap(new CleanEvents())
        .returns(TopicRecordTypeInfo.INSTANCE)
        .sinkTo(
            KafkaOutputs.sink(
                deployment.kafka(), NAME, new TopicRecordSerializationSchema(deployment.kafka())));
    env.execute(NAME);
  }

  /** Events → their records. What isn't one is left out: the traffic has none. */
  private static final class CleanEvents extends RichFlatMapFunction<ParseResult, TopicRecord> {
    private transient AvroEncoding<BehaviorEventRecord> encoding;

    @Override
    public void open(OpenContext context) {
      encoding = new AvroEncoding<>(BehaviorEventRecord.class);
    }

    @Override
    public void flatMap(ParseResult parsed, Collector<TopicRecord> out) {
      if (parsed instanceof ParseResult.Valid valid) {
        BehaviorEvent event = valid.event();
        out.collect(
            TopicRecord.of(
                Topic.BEHAVIOR_EVENTS,
                event.customer().asText(),
                encoding.encode(BehaviorEvents.toAvro(event)),
                event.eventTime().toEpochMilli()));
      }
    }
  }
}
