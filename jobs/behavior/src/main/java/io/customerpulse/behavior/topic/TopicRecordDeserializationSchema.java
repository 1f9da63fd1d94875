package io.customerpulse.behavior.topic;

import io.customerpulse.runtime.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Kafka's records → ours, of the topics that are read. */
public final class TopicRecordDeserializationSchema
    implements KafkaRecordDeserializationSchema<TopicRecord> {
  private final Map<String, Topic> topics = new HashMap<>();

  public TopicRecordDeserializationSchema(KafkaSettings kafka, Collection<Topic> topics) {
    topics.forEach(topic -> this.topics.put(kafka.topic(topic.wireName()), topic));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TopicRecord> out) {
    Topic topic = topics.get(record.topic());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    out.collect(
        record.value() == null
            ? TopicRecord.tombstone(topic, key, record.timestamp())
            : TopicRecord.of(topic, key, record.value(), record.timestamp()));
  }

  @Override
  public TypeInformation<TopicRecord> getProducedType() {
    return TopicRecordTypeInfo.INSTANCE;
  }
}
