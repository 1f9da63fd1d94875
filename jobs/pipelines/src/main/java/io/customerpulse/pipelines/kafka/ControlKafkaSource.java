package io.customerpulse.pipelines.kafka;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.operator.Control;
import io.customerpulse.pipelines.output.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
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
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Compacted topics as controls: each record under its key, and once, when all that the topics held
 * at the start or restart of the reader has been read, the end of the log. Reads committed records
 * only; starts at the beginning unless it is restored. To be run at a parallelism of one: there is
 * one order, and one end. It has no watermarks.
 */
public final class ControlKafkaSource
    implements Source<Control, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<Control> {
  private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(10);

  private final Properties connection;
  private final List<String> topicNames;
  private final String groupId;
  private final ControlDeserializer deserializer;

  /**
   * A source over some topics of a deployment.
   *
   * @param groupId under which the broker shows how far the job has come; nothing is read from it
   */
  public ControlKafkaSource(Settings.Kafka kafka, Collection<Topic> topics, String groupId) {
    this.connection = KafkaConnection.properties(kafka);
    this.topicNames = topics.stream().map(topic -> kafka.topic(topic.wireName())).toList();
    this.groupId = groupId;
    this.deserializer = new ControlDeserializer(kafka, topics);
  }

  @Override
  public SourceReader<Control, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    if (context.currentParallelism() != 1) {
      throw new IllegalStateException("Controls are read at a parallelism of one");
    }
    TrackingDeserializer<Control> tracking = new TrackingDeserializer<>(deserializer);
    TaskMailbox mailbox = new TaskMailbox();
    String name = groupId + "-controls-end";
    LogEnds logEnds = new BrokerLogEnds(connection, name);
    EndOfLogThread watcher =
        new EndOfLogThread(
            new EndOfLogWatch(logEnds, WallClock.system(), tracking::splits),
            logEnds,
            mailbox,
            context.metricGroup().counter("endOfLogFailures"),
            name);
    return new ControlReader(
        kafkaSource(tracking).createReader(context),
        tracking,
        mailbox,
        watcher::start,
        watcher::stop);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    SettlingContext settling = new SettlingContext(context, false);
    return new SettlingEnumerator(source().createEnumerator(settling), settling);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    SettlingContext settling = new SettlingContext(context, state.initialDiscoveryFinished());
    return new SettlingEnumerator(source().restoreEnumerator(settling, state), settling);
  }

  private KafkaSource<Control> source() {
    return kafkaSource(new TrackingDeserializer<>(deserializer));
  }

  private KafkaSource<Control> kafkaSource(TrackingDeserializer<Control> with) {
    return KafkaSource.<Control>builder()
        .setProperties(connection)
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            String.valueOf(PARTITION_DISCOVERY.toMillis()))
        .setGroupId(groupId)
        .setClientIdPrefix(groupId + "-controls")
        .setTopics(topicNames)
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
    return source().getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source().getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<Control> getProducedType() {
    return deserializer.getProducedType();
  }
}
