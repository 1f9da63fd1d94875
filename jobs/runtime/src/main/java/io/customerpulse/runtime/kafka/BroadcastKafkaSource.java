package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.KafkaReading.Reader;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.time.WallClock;
import java.util.Collection;
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
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Compacted topics as broadcast records: each record under its key, and once, when all that the
 * topics held at the start or restart of the reader has been read, the end of the log. Reads
 * committed records only; starts at the beginning unless it is restored. To be run at a parallelism
 * of one: there is one order, and one end. It has no watermarks.
 */
public final class BroadcastKafkaSource
    implements Source<BroadcastRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<BroadcastRecord> {
  private final KafkaReading reading;
  private final BroadcastRecordDeserializer deserializer;

  /**
   * A source over some topics of a deployment.
   *
   * @param topics by the contract's names
   * @param groupId under which the broker shows how far the job has come; nothing is read from it
   */
  public BroadcastKafkaSource(KafkaSettings kafka, Collection<String> topics, String groupId) {
    this.reading =
        new KafkaReading(
            kafka,
            topics.stream().map(kafka::topic).toList(),
            groupId,
            groupId + "-controls",
            OffsetsInitializer.earliest());
    this.deserializer = new BroadcastRecordDeserializer(kafka, topics);
  }

  @Override
  public SourceReader<BroadcastRecord, KafkaPartitionSplit> createReader(
      SourceReaderContext context) throws Exception {
    if (context.currentParallelism() != 1) {
      throw new IllegalStateException("Controls are read at a parallelism of one");
    }
    EndOffsetUpdates updates = new EndOffsetUpdates();
    Reader<BroadcastRecord> kafka =
        reading.reader(context, deserializer, WallClock.system(), updates::put);
    return new BroadcastReader(kafka.reader(), kafka.tracking(), updates, kafka.gate());
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    SplitsAssignedContext settling = new SplitsAssignedContext(context, false);
    return new SplitsAssignedEnumerator(source().createEnumerator(settling), settling);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    SplitsAssignedContext settling =
        new SplitsAssignedContext(context, state.initialDiscoveryFinished());
    return new SplitsAssignedEnumerator(source().restoreEnumerator(settling, state), settling);
  }

  private KafkaSource<BroadcastRecord> source() {
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
  public TypeInformation<BroadcastRecord> getProducedType() {
    return deserializer.getProducedType();
  }
}
