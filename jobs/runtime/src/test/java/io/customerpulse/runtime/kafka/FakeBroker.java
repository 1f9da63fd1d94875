package io.customerpulse.runtime.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Topics that are as a test says: each partition has records from one offset to another. */
final class FakeBroker implements LogEnds {
  private final Map<String, TopicLayout> layouts = new HashMap<>();
  private final Map<TopicPartition, Range> logs = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  /** Creates a topic, or creates it again; returns its id. */
  Uuid create(String topic, Range... partitions) {
    delete(topic);
    Uuid id = Uuid.randomUuid();
    layouts.put(topic, layout(id, partitions.length));
    for (int i = 0; i < partitions.length; i++) {
      logs.put(new TopicPartition(topic, i), partitions[i]);
    }
    return id;
  }

  void add(String topic, Range partition) {
    TopicLayout before = layouts.get(topic);
    int partitions = before.partitions().size();
    layouts.put(topic, layout(before.id(), partitions + 1));
    logs.put(new TopicPartition(topic, partitions), partition);
  }

  void delete(String topic) {
    layouts.remove(topic);
    logs.keySet().removeIf(partition -> partition.topic().equals(topic));
  }

  void commit(TopicPartition partition, long offset) {
    committed.put(partition, offset);
  }

  private static TopicLayout layout(Uuid id, int partitions) {
    return new TopicLayout(
        id, new TreeSet<>(IntStream.range(0, partitions).boxed().collect(Collectors.toSet())));
  }

  @Override
  public Map<String, TopicLayout> topics(Collection<String> names) {
    Map<String, TopicLayout> found = new HashMap<>(layouts);
    found.keySet().retainAll(names);
    return found;
  }

  @Override
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .collect(Collectors.toMap(partition -> partition, partition -> log(partition).from()));
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .collect(Collectors.toMap(partition -> partition, partition -> log(partition).to()));
  }

  /** As a broker does, it fails where it is asked for a partition that it doesn't have. */
  private Range log(TopicPartition partition) {
    return List.of(logs.get(partition)).get(0);
  }

  @Override
  public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> found = new HashMap<>(committed);
    found.keySet().retainAll(partitions);
    return found;
  }

  @Override
  public Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions) {
    return ends(partitions);
  }

  @Override
  public Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
