package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class IdentifiedSplitSerializerTest {
  private static final TopicPartition PARTITION = new TopicPartition("acme.événements", 7);
  private static final Uuid ID = Uuid.randomUuid();

  private final IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer();
  private final KafkaPartitionSplitSerializer flinks = new KafkaPartitionSplitSerializer();

  @Test
  void keepsTheIdOfTheTopic() throws Exception {
    byte[] bytes = serializer.serialize(new IdentifiedSplit(PARTITION, 204, ID));

    KafkaPartitionSplit read = serializer.deserialize(serializer.getVersion(), bytes);
    assertThat(read).isEqualTo(new KafkaPartitionSplit(PARTITION, 204));
    assertThat(IdentifiedSplit.of(read).topicId()).contains(ID);
  }

  @Test
  void readsWhatHasNone() throws Exception {
    byte[] bytes = flinks.serialize(new KafkaPartitionSplit(PARTITION, 204));

    KafkaPartitionSplit read = serializer.deserialize(flinks.getVersion(), bytes);
    assertThat(read).isEqualTo(new KafkaPartitionSplit(PARTITION, 204));
    assertThat(IdentifiedSplit.of(read).topicId()).isEmpty();
    assertThat(serializer.serialize(read)).isEqualTo(bytes);
  }

  @Test
  void isReadByFlinksOwn() throws Exception {
    byte[] bytes = serializer.serialize(new IdentifiedSplit(PARTITION, 204, ID));

    assertThat(flinks.deserialize(serializer.getVersion(), bytes))
        .isEqualTo(new KafkaPartitionSplit(PARTITION, 204));
  }
}
