package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.time.WallClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Reads back what another job has committed to some topics, without end. */
public final class TopicRecordsSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private final KafkaReading reading;
  private final KafkaRecordDeserializationSchema<T> deserializer;

  /**
   * A source of the records of several topics.
   *
   * @param topics by the contract's names
   * @param fromTheBeginning topics that are read anew where there is no savepoint; the others go on
   *     where the group last committed
   * @param groupId under which it commits, and the prefix of its clients' names
   * @param deserializer called once per record
   */
  public TopicRecordsSource(
      KafkaSettings kafka,
      Collection<String> topics,
      Collection<String> fromTheBeginning,
      String groupId,
      KafkaRecordDeserializationSchema<T> deserializer) {
    this.reading =
        new KafkaReading(
            kafka,
            names(kafka, topics),
            groupId,
            groupId,
            new ByTopic(new HashSet<>(names(kafka, fromTheBeginning))));
    this.deserializer = deserializer;
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return reading.reader(context, deserializer, WallClock.system(), ends -> {}).reader();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source().createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    return source().restoreEnumerator(context, state);
  }

  private KafkaSource<T> source() {
    return reading.source(deserializer);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new IdentifiedSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source().getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return deserializer.getProducedType();
  }

  private static List<String> names(KafkaSettings kafka, Collection<String> topics) {
    return topics.stream().map(kafka::topic).toList();
  }

  /**
   * Where to begin, topic by topic. The connector's interface still speaks of what Kafka
   * deprecates.
   */
  @SuppressWarnings("deprecation")
  private static final class ByTopic implements OffsetsInitializer {
    private final Set<String> fromTheBeginning;
    private final OffsetsInitializer committed =
        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    private final OffsetsInitializer earliest = OffsetsInitializer.earliest();

    ByTopic(Set<String> fromTheBeginning) {
      this.fromTheBeginning = fromTheBeginning;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
      List<TopicPartition> anew = new ArrayList<>();
      List<TopicPartition> further = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        (fromTheBeginning.contains(partition.topic()) ? anew : further).add(partition);
      }
      Map<TopicPartition, Long> offsets =
          new HashMap<>(earliest.getPartitionOffsets(anew, retriever));
      offsets.putAll(committed.getPartitionOffsets(further, retriever));
      return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.EARLIEST;
    }
  }
}
