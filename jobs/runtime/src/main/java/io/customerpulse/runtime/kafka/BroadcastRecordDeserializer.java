package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records → broadcast records, whatever is in them. */
final class BroadcastRecordDeserializer
    implements KafkaRecordDeserializationSchema<BroadcastRecord> {
  /** What a deployment calls a topic → the contract's name. */
  private final Map<String, String> wireNames = new HashMap<>();

  BroadcastRecordDeserializer(KafkaSettings kafka, Collection<String> topics) {
    topics.forEach(topic -> wireNames.put(kafka.topic(topic), topic));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<BroadcastRecord> out) {
    out.collect(
        BroadcastRecord.of(
            wireNames.get(record.topic()),
            record.partition(),
            record.offset(),
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            record.value()));
  }

  @Override
  public TypeInformation<BroadcastRecord> getProducedType() {
    return BroadcastRecordTypeInfo.INSTANCE;
  }
}
