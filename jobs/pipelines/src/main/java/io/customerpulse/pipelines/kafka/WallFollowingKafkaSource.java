package io.customerpulse.pipelines.kafka;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.output.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A topic as a source whose watermarks go on when nobody writes to it. Reads committed records
 * only; starts at the beginning of the topic unless it is restored. Its state is that of Flink's
 * own {@link KafkaSource}, so either can be restored from the other's savepoint.
 *
 * <pre>{@code
 * env.fromSource(source, source.watermarks(), "Read tracking events").uid("read-tracking-events");
 * }</pre>
 *
 * <p>What time does: each partition has its own watermark, the latest event time seen less the
 * out-of-orderness bound; the lowest of them counts. With {@link TimePolicy#wall} a partition that
 * has been read to its end also takes the wall time, less the same bound, once a second. A
 * transaction that is committed after that is not known before: its records are late if they are
 * older than the bound when they become visible.
 *
 * @param <T> what a record is read as: an event, or what is wrong with it
 */
public final class WallFollowingKafkaSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(10);

  private final Properties connection;
  private final String topicName;
  private final String groupId;
  private final KafkaRecordDeserializationSchema<T> deserializer;
  private final EventTimeExtractor<T> eventTime;
  private final TimePolicy policy;

  /**
   * A source over one topic of a deployment.
   *
   * @param groupId under which the broker shows how far the job has come; nothing is read from it
   * @param deserializer called once per record, on the task thread; for records that cannot be
   *     understood too
   * @param eventTime of what the deserializer gave
   */
  public WallFollowingKafkaSource(
      Settings.Kafka kafka,
      Topic topic,
      String groupId,
      KafkaRecordDeserializationSchema<T> deserializer,
      EventTimeExtractor<T> eventTime,
      TimePolicy policy) {
    this.connection = KafkaConnection.properties(kafka);
    this.topicName = kafka.topic(topic.wireName());
    this.groupId = groupId;
    this.deserializer = deserializer;
    this.eventTime = eventTime;
    this.policy = policy;
  }

  /** To be given to Flink together with the source: neither works alone. */
  public WatermarkStrategy<T> watermarks() {
    return new EventTimeWatermarks<>(eventTime, policy);
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    TrackingDeserializer<T> tracking = new TrackingDeserializer<>(deserializer);
    TaskMailbox mailbox = new TaskMailbox();
    return new WallFollowingReader<>(
        kafkaSource(tracking).createReader(context),
        tracking,
        policy,
        mailbox,
        policy.followsWall() ? Optional.of(watcher(context, tracking, mailbox)) : Optional.empty());
  }

  private EndOfLogThread watcher(
      SourceReaderContext context, TrackingDeserializer<T> tracking, TaskMailbox mailbox) {
    String name = groupId + "-end-of-log-" + context.getIndexOfSubtask();
    LogEnds logEnds = new BrokerLogEnds(connection, name);
    return new EndOfLogThread(
        new EndOfLogWatch(logEnds, policy.wallClock(), tracking::splits),
        logEnds,
        mailbox,
        context.metricGroup().counter("endOfLogFailures"),
        name);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    SettlingContext settling = new SettlingContext(context, false);
    return new SettlingEnumerator(kafkaSource(deserializer).createEnumerator(settling), settling);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    SettlingContext settling = new SettlingContext(context, state.initialDiscoveryFinished());
    return new SettlingEnumerator(
        kafkaSource(deserializer).restoreEnumerator(settling, state), settling);
  }

  private KafkaSource<T> kafkaSource(KafkaRecordDeserializationSchema<T> with) {
    return KafkaSource.<T>builder()
        .setProperties(connection)
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            String.valueOf(PARTITION_DISCOVERY.toMillis()))
        .setGroupId(groupId)
        .setClientIdPrefix(groupId)
        .setTopics(topicName)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(with)
        .build();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafkaSource(deserializer).getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafkaSource(deserializer).getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return deserializer.getProducedType();
  }
}
