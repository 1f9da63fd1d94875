package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.keyedlogic.Control;
import io.customerpulse.runtime.keyedlogic.ControlTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records → controls, whatever is in them. */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<Control> {
  /** What a deployment calls a topic → the contract's name. */
  private final Map<String, String> wireNames = new HashMap<>();

  ControlDeserializer(KafkaSettings kafka, Collection<String> topics) {
    topics.forEach(topic -> wireNames.put(kafka.topic(topic), topic));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Control> out) {
    out.collect(
        Control.of(
            wireNames.get(record.topic()),
            record.partition(),
            record.offset(),
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            record.value()));
  }

  @Override
  public TypeInformation<Control> getProducedType() {
    return ControlTypeInfo.INSTANCE;
  }
}
