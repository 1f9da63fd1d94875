package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.KafkaReading.Reader;
import io.customerpulse.runtime.time.WallClock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A topic as a source whose watermarks go on when nobody writes to it. Reads committed records
 * only; starts at the beginning of the topic unless it is restored. Its state is that of Flink's
 * own {@link org.apache.flink.connector.kafka.source.KafkaSource} and the topic's id, so either can
 * be restored from the other's savepoint.
 *
 * <pre>{@code
 * env.fromSource(source, source.watermarks(), "Read tracking events").uid("read-tracking-events");
 * }</pre>
 *
 * <p>What time does: each partition has its own watermark, the latest event time seen less the
 * out-of-orderness bound; the lowest of them counts. With {@link TimePolicy#wall} a partition that
 * has been read to its end also takes the wall time, less the same bound, once a second. The
 * records of an open transaction, and those behind it, belong to what has yet to be read.
 *
 * @param <T> what a record is read as: an event, or what is wrong with it
 */
public final class ProcessingTimeAdvancingKafkaSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  /** One source in the job has event time, so that only its partitions are aligned. */
  private static final String ALIGNMENT_GROUP = "partitions";

  private static final Duration ALIGN_EVERY = Duration.ofSeconds(1);

  private final KafkaReading reading;
  private final KafkaRecordDeserializationSchema<T> deserializer;
  private final EventTimeExtractor<T> eventTime;
  private final TimePolicy policy;

  /**
   * A source over one topic of a deployment.
   *
   * @param topic by the contract's name
   * @param groupId under which the broker shows how far the job has come; nothing is read from it
   * @param deserializer called once per record, on the task thread; for records that cannot be
   *     understood too
   * @param eventTime of what the deserializer gave
   */
  public ProcessingTimeAdvancingKafkaSource(
      KafkaSettings kafka,
      String topic,
      String groupId,
      KafkaRecordDeserializationSchema<T> deserializer,
      EventTimeExtractor<T> eventTime,
      TimePolicy policy) {
    this.reading =
        new KafkaReading(
            kafka, List.of(kafka.topic(topic)), groupId, groupId, OffsetsInitializer.earliest());
    this.deserializer = deserializer;
    this.eventTime = eventTime;
    this.policy = policy;
  }

  /** To be given to Flink together with the source: neither works alone. */
  public WatermarkStrategy<T> watermarks() {
    WatermarkStrategy<T> watermarks = new EventTimeWatermarks<>(eventTime, policy);
    return policy.isDriftLimited()
        ? watermarks.withWatermarkAlignment(ALIGNMENT_GROUP, policy.maxDrift(), ALIGN_EVERY)
        : watermarks;
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    EndOffsetUpdates updates = new EndOffsetUpdates();
    Reader<T> kafka =
        reading.reader(
            context,
            deserializer,
            policy.followsWall() ? policy.wallClock() : WallClock.system(),
            policy.followsWall() ? updates::put : ends -> {});
    return new ProcessingTimeAdvancingReader<>(
        kafka.reader(), kafka.tracking(), policy, updates, kafka.gate());
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    SplitsAssignedContext settling = new SplitsAssignedContext(context, false);
    return new SplitsAssignedEnumerator(
        reading.source(deserializer).createEnumerator(settling), settling);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    SplitsAssignedContext settling =
        new SplitsAssignedContext(context, state.initialDiscoveryFinished());
    return new SplitsAssignedEnumerator(
        reading.source(deserializer).restoreEnumerator(settling, state), settling);
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
    return reading.source(deserializer).getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return deserializer.getProducedType();
  }
}
