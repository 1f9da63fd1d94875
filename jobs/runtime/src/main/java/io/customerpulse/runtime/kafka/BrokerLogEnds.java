package io.customerpulse.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks a real broker, with clients of its own that are made when first needed. */
final class BrokerLogEnds implements LogEnds {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);
  private static final Duration PROBE_POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  /** Of each partition one batch is enough to see whether there is a record. */
  private static final int PROBE_FETCH_BYTES = 16 * 1024;

  private final Properties clientProperties;
  private final String groupId;
  private Admin admin;
  private Consumer<byte[], byte[]> probe;

  /**
   * @param connection as {@link KafkaConnection} gives it
   * @param groupId of the job
   * @param clientId names these clients at the broker
   */
  BrokerLogEnds(Properties connection, String groupId, String clientId) {
    this.groupId = groupId;
    clientProperties = new Properties();
    clientProperties.putAll(connection);
    String timeoutMillis = String.valueOf(ANSWER_WITHIN.toMillis());
    clientProperties.setProperty(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    clientProperties.setProperty(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    clientProperties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
    clientProperties.setProperty(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
  }

  @Override
  public Map<String, TopicLayout> topics(Collection<String> names) throws InterruptedException {
    Map<String, TopicLayout> layouts = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
        admin().describeTopics(names).topicNameValues().entrySet()) {
      try {
        TopicDescription description = asked.getValue().get();
        layouts.put(
            asked.getKey(),
            new TopicLayout(
                description.topicId(),
                description.partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .collect(Collectors.toCollection(TreeSet::new))));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException("Topics not read: " + e.getCause().getMessage(), e.getCause());
        }
      }
    }
    return layouts;
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  @Override
  public Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  @Override
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED);
  }

  @Override
  public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions)
      throws InterruptedException {
    try {
      Map<TopicPartition, Long> committed = new HashMap<>();
      admin()
          .listConsumerGroupOffsets(
              Map.of(groupId, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
          .partitionsToOffsetAndMetadata(groupId)
          .get()
          .forEach(
              (partition, position) -> {
                if (position != null) {
                  committed.put(partition, position.offset());
                }
              });
      return committed;
    } catch (ExecutionException e) {
      throw new KafkaException("Offsets not read: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private Admin admin() {
    if (admin == null) {
      admin = Admin.create(clientProperties);
    }
    return admin;
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    try {
      Map<TopicPartition, Long> answer = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry :
          admin().listOffsets(asked, new ListOffsetsOptions(isolation)).all().get().entrySet()) {
        answer.put(entry.getKey(), entry.getValue().offset());
      }
      return answer;
    } catch (ExecutionException e) {
      throw new KafkaException("Offsets not read: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges)
      throws InterruptedException {
    try {
      return probe(ranges);
    } catch (InterruptException e) {
      // Kafka's exception leaves the thread marked, and a client does not close in a marked thread.
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException(e.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private Map<TopicPartition, Long> probe(Map<TopicPartition, Range> ranges) {
    if (probe == null) {
      probe = new KafkaConsumer<>(probeProperties());
    }
    probe.assign(ranges.keySet());
    ranges.forEach((partition, range) -> probe.seek(partition, range.from()));
    Map<TopicPartition, Long> found = new HashMap<>();
    Set<TopicPartition> open = new HashSet<>(ranges.keySet());
    long giveUpNanos = System.nanoTime() + PROBE_WITHIN.toNanos();
    while (!open.isEmpty() && System.nanoTime() - giveUpNanos < 0) {
      ConsumerRecords<byte[], byte[]> records = probe.poll(PROBE_POLL);
      for (TopicPartition partition : List.copyOf(open)) {
        if (!records.records(partition).isEmpty()) {
          found.put(partition, records.records(partition).get(0).offset());
        } else if (probe.position(partition) >= ranges.get(partition).to()) {
          found.put(partition, ranges.get(partition).to());
        }
        if (found.containsKey(partition)) {
          open.remove(partition);
          probe.pause(List.of(partition));
        }
      }
    }
    probe.unsubscribe();
    return found;
  }

  private Properties probeProperties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    String deserializer = ByteArrayDeserializer.class.getName();
    properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, deserializer);
    properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, deserializer);
    properties.setProperty(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT));
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(PROBE_FETCH_BYTES));
    // Nobody's group: the probe leaves no trace in the offsets of the job's own.
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    return properties;
  }

  @Override
  public void close() {
    Admin closingAdmin = admin;
    Consumer<byte[], byte[]> closingProbe = probe;
    admin = null;
    probe = null;
    try {
      if (closingProbe != null) {
        closingProbe.close(CloseOptions.timeout(CLOSE_WITHIN));
      }
    } finally {
      if (closingAdmin != null) {
        closingAdmin.close(CLOSE_WITHIN);
      }
    }
  }
}
