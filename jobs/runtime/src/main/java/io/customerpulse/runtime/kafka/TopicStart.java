package io.customerpulse.runtime.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where a job begins to read a topic, in the form in which savepoints hold it: whoever builds a
 * job's state without Kafka writes this as the state of its source, and {@link
 * ProcessingTimeAdvancingKafkaSource} and {@link BroadcastKafkaSource} take it for their own.
 */
public final class TopicStart implements Serializable {
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(30);

  /** In place of an offset: no record is so young. */
  private static final long NO_SUCH_RECORD = -1;

  private final String topicName;
  private final boolean known;
  // Not the interfaces: it travels, so these must be able to.
  private final TreeMap<Integer, Long> offsets;
  private final TreeMap<Integer, Long> firstOffsets;

  private TopicStart(
      String topicName,
      boolean known,
      SortedMap<Integer, Long> offsets,
      SortedMap<Integer, Long> firstOffsets) {
    this.topicName = topicName;
    this.known = known;
    this.offsets = new TreeMap<>(offsets);
    this.firstOffsets = new TreeMap<>(firstOffsets);
  }

  /** Nothing is said: whoever reads begins as it does without a savepoint. */
  public static TopicStart asWithoutSavepoint() {
    return new TopicStart("", false, new TreeMap<>(), new TreeMap<>());
  }

  /**
   * The first record of each partition that the broker dates to an instant or later; where there is
   * none yet, whatever comes next.
   *
   * @param topic by the contract's name
   * @throws BrokerUnavailableException if no broker answers, or it doesn't have the topic
   */
  public static TopicStart at(KafkaSettings kafka, String topic, Instant time)
      throws InterruptedException {
    String name = kafka.topic(topic);
    Properties properties = KafkaConnection.properties(kafka);
    String millis = String.valueOf(GIVE_UP_AFTER.toMillis());
    properties.setProperty(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(properties)) {
      List<TopicPartition> partitions = partitions(admin, name);
      SortedMap<Integer, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
      SortedMap<Integer, Long> next = offsets(admin, partitions, OffsetSpec.latest());
      SortedMap<Integer, Long> offsets =
          offsets(admin, partitions, OffsetSpec.forTimestamp(time.toEpochMilli()));
      offsets.replaceAll(
          (partition, offset) -> offset == NO_SUCH_RECORD ? next.get(partition) : offset);
      return new TopicStart(name, true, offsets, first);
    } catch (ExecutionException e) {
      throw unavailable(kafka, name, e.getCause());
    } catch (KafkaException e) {
      throw unavailable(kafka, name, e);
    }
  }

  private static List<TopicPartition> partitions(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    return description.partitions().stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static SortedMap<Integer, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  private static BrokerUnavailableException unavailable(
      KafkaSettings kafka, String topic, Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        ? new BrokerUnavailableException(
            BrokerUnavailableException.address(kafka) + ": there is no topic " + topic + " there",
            cause)
        : BrokerUnavailableException.of(kafka, GIVE_UP_AFTER, cause);
  }

  /** The topic's name in the deployment. */
  public String topicName() {
    return topicName;
  }

  /** The first offset to read, by partition. */
  public SortedMap<Integer, Long> offsets() {
    return new TreeMap<>(offsets);
  }

  /**
   * Partitions whose records begin no earlier than here though there were earlier ones once: what
   * the broker has deleted may have been younger than the start.
   */
  public List<Integer> cutOff() {
    return offsets.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .filter(entry -> entry.getValue().equals(firstOffsets.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private KafkaSourceEnumState asState() {
    List<KafkaPartitionSplit> splits =
        offsets.entrySet().stream()
            .map(
                entry ->
                    new KafkaPartitionSplit(
                        new TopicPartition(topicName, entry.getKey()), entry.getValue()))
            .toList();
    return new KafkaSourceEnumState(List.of(), splits, known);
  }

  /** Writes what Kafka's source reads. */
  public static SimpleVersionedSerializer<TopicStart> serializer() {
    return new AsSourceState();
  }

  private static final class AsSourceState implements SimpleVersionedSerializer<TopicStart> {
    private final KafkaSourceEnumStateSerializer delegate = new KafkaSourceEnumStateSerializer();

    @Override
    public int getVersion() {
      return delegate.getVersion();
    }

    @Override
    public byte[] serialize(TopicStart start) throws IOException {
      return delegate.serialize(start.asState());
    }

    @Override
    public TopicStart deserialize(int version, byte[] serialized) {
      throw new UnsupportedOperationException("It is written here and read by Kafka's source");
    }
  }
}
