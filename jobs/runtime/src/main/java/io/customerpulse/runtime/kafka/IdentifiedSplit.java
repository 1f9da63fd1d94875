package io.customerpulse.runtime.kafka;

import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A position, and the topic in which it means something: its name may be given to another. */
final class IdentifiedSplit extends KafkaPartitionSplit {
  private final Uuid topicId;

  /**
   * @param startingOffset the first offset to read, or one of Flink's marks for a place
   * @param topicId null where nobody knows: an older release has written the position, or the
   *     broker is of before Kafka 2.8 and gives zeros
   */
  IdentifiedSplit(TopicPartition partition, long startingOffset, Uuid topicId) {
    super(partition, startingOffset);
    this.topicId = Uuid.ZERO_UUID.equals(topicId) ? null : topicId;
  }

  static IdentifiedSplit of(KafkaPartitionSplit split) {
    return split instanceof IdentifiedSplit identified
        ? identified
        : new IdentifiedSplit(split.getTopicPartition(), split.getStartingOffset(), null);
  }

  IdentifiedSplit at(long offset) {
    return new IdentifiedSplit(getTopicPartition(), offset, topicId);
  }

  IdentifiedSplit in(Uuid topic) {
    return new IdentifiedSplit(getTopicPartition(), getStartingOffset(), topic);
  }

  Optional<Uuid> topicId() {
    return Optional.ofNullable(topicId);
  }

  /** Whether it names an offset, not a place such as the beginning. */
  boolean isPositioned() {
    return getStartingOffset() >= 0;
  }
}
