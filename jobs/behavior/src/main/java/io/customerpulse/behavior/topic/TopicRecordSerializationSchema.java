package io.customerpulse.behavior.topic;

import io.customerpulse.runtime.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records → Kafka's, each to its topic by the name that a deployment gives it. */
public final class TopicRecordSerializationSchema
    implements KafkaRecordSerializationSchema<TopicRecord> {
  private final Map<Topic, String> names = new EnumMap<>(Topic.class);

  public TopicRecordSerializationSchema(KafkaSettings kafka) {
    for (Topic topic : Topic.values()) {
      names.put(topic, kafka.topic(topic.wireName()));
    }
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      TopicRecord record, KafkaSinkContext context, Long timestampMillis) {
    return new ProducerRecord<>(
        names.get(record.topic()),
        null,
        // Kafka knows no time before 1970 and would fail the job for it.
        Math.max(0, record.timestampMillis()),
        record.key().getBytes(StandardCharsets.UTF_8),
        record.value());
  }
}
