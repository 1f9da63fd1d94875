package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.avro.BehaviorEvents;
import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Reads the records of the topic of clean events, and counts them. */
final class EventDeserializer extends AbstractDeserializationSchema<EncodedEvent> {
  private final long total;
  private transient AvroEncoding<BehaviorEventRecord> encoding;
  private transient int read;

  EventDeserializer(long total) {
    super(Types.ENCODED_EVENT);
    this.total = total;
  }

  @Override
  public void open(InitializationContext context) {
    encoding = new AvroEncoding<>(BehaviorEventRecord.class);
  }

  @Override
  public EncodedEvent deserialize(byte[] message) {
    if (++read % Stopwatch.BATCH == 0) {
      Stopwatch.batchRead(total);
    }
    return EncodedEvent.of(BehaviorEvents.fromAvro(encoding.decode(message))).unique();
  }
}
