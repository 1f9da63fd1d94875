package io.customerpulse.pipelines.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a broker says about the ends of its logs. Used by one thread; any call may block or fail.
 */
interface LogEnds extends AutoCloseable {

  /** The offset after the last record that a read_committed consumer can be given now. */
  Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions)
      throws InterruptedException;

  /** The offset of the first record that the broker still has. */
  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
      throws InterruptedException;

  /**
   * Where the first record stands that a read_committed consumer would see in a range: its offset,
   * or one at or after the range's end if there is none – transaction markers, aborted and
   * compacted records are never seen. A partition that could not be decided in time is absent.
   */
  Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges)
      throws InterruptedException;

  /** Lets go of the connections, after a failure too; the next call makes new ones. */
  @Override
  void close();

  /**
   * Offsets of one partition.
   *
   * @param from inclusive
   * @param to exclusive
   */
  record Range(long from, long to) {}
}
