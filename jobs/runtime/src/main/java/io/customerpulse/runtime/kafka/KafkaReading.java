package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import io.customerpulse.runtime.time.WallClock;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * How every source of ours reads: committed records, from where a checkpoint says and nowhere else.
 * A position that leads to nothing is never moved in silence; {@code kafka.on_lost_position}
 * decides.
 *
 * @param topicNames in this deployment
 * @param groupId under which the broker shows how far the job has come
 * @param clientId names what belongs to this source at the broker
 * @param start where there is no checkpoint yet
 */
record KafkaReading(
    KafkaSettings kafka,
    List<String> topicNames,
    String groupId,
    String clientId,
    OffsetsInitializer start)
    implements Serializable {
  private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(10);

  /** Flink's source, for its enumerator and its serializers. */
  <T> KafkaSource<T> source(KafkaRecordDeserializationSchema<T> deserializer) {
    return KafkaSource.<T>builder()
        .setProperties(KafkaConnection.properties(kafka))
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            String.valueOf(PARTITION_DISCOVERY.toMillis()))
        .setGroupId(groupId)
        .setClientIdPrefix(clientId)
        .setTopics(topicNames)
        .setStartingOffsets(new NeverReset(start))
        .setDeserializer(deserializer)
        .build();
  }

  /**
   * A reader of its records.
   *
   * @param clock read at each look at the ends of the logs
   * @param readings takes what each look finds, on the watching thread
   */
  <T> Reader<T> reader(
      SourceReaderContext context,
      KafkaRecordDeserializationSchema<T> deserializer,
      WallClock clock,
      Consumer<List<EndReading>> readings)
      throws Exception {
    OffsetTrackingDeserializer<T> tracking = new OffsetTrackingDeserializer<>(deserializer);
    String name = clientId + "-end-of-log-" + context.getIndexOfSubtask();
    LogEnds logEnds = new BrokerLogEnds(KafkaConnection.properties(kafka), groupId, name);
    SplitGate gate = new SplitGate(logEnds, kafka.onLostPosition(), tracking::splits);
    EndOfLogWatch watch = new EndOfLogWatch(logEnds, clock, tracking::splits);
    BrokerThread watcher =
        new BrokerThread(
            List.of(gate::look, () -> readings.accept(watch.look())),
            logEnds,
            context.metricGroup().counter("endOfLogFailures"),
            name);
    return new Reader<>(
        new GatedReader<>(source(tracking).createReader(context), tracking, gate, watcher),
        tracking,
        gate);
  }

  /**
   * A reader and what it knows.
   *
   * @param tracking how far it has come
   */
  record Reader<T>(GatedReader<T> reader, OffsetTrackingDeserializer<T> tracking, SplitGate gate) {}

  /**
   * Lets a consumer fail where its position is outside of the log. The connector's interface still
   * speaks of what Kafka deprecates.
   */
  @SuppressWarnings("deprecation")
  private record NeverReset(OffsetsInitializer delegate) implements OffsetsInitializer {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
      return delegate.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.NONE;
    }
  }
}
