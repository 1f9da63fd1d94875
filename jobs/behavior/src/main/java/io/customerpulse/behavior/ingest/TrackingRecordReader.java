package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.PhoneHasher;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.kafka.EventTimeExtractor;
import io.customerpulse.runtime.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Parses the records of the topic tracking-events, right where they are read. */
public final class TrackingRecordReader implements KafkaRecordDeserializationSchema<ParseResult> {
  private final Settings settings;
  private final RecordTimestamps timestamps;

  private transient TrackingEventReader reader;

  /**
   * @param wallClock tells which timestamps of records can be believed
   */
  public TrackingRecordReader(Settings settings, WallClock wallClock) {
    this.settings = settings;
    this.timestamps = new RecordTimestamps(wallClock);
  }

  /**
   * The hasher under the key that the environment of this process holds; empty where it holds none.
   * The key is read wherever it is used, so that it stands in no job graph.
   *
   * @throws IllegalArgumentException where the key is too short
   */
  public static Optional<PhoneHasher> phoneHasher(Settings settings) {
    return Optional.ofNullable(System.getenv(settings.identity().piiKeyEnv()))
        .map(key -> new PhoneHasher(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** Event times of events; dead letters move no watermark. */
  public static EventTimeExtractor<ParseResult> eventTime() {
    return parsed ->
        parsed instanceof ParseResult.Valid valid
            ? valid.event().eventTime().toEpochMilli()
            : EventTimeExtractor.NO_EVENT_TIME;
  }

  @Override
  public void open(InitializationContext context) {
    reader = new TrackingEventReader(settings, phoneHasher(settings));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ParseResult> out) {
    Origin origin = new Origin(record.topic() + '-' + record.partition(), record.offset());
    out.collect(reader.read(origin, record.value(), timestamps.of(record)));
  }

  @Override
  public TypeInformation<ParseResult> getProducedType() {
    return Types.PARSE_RESULT;
  }
}
