package io.customerpulse.runtime.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What a broker says about its logs. Used by one thread; any call may block or fail. */
interface LogEnds extends AutoCloseable {

  /** How topics are laid out at present; absent is what doesn't exist. */
  Map<String, TopicLayout> topics(Collection<String> names) throws InterruptedException;

  /**
   * The offset after the last record that the broker has, be it part of an open transaction (the
   * high watermark).
   */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws InterruptedException;

  /**
   * The offset up to which a read_committed consumer is given records now: below the end where a
   * transaction is open.
   */
  Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions)
      throws InterruptedException;

  /** The offset of the first record that the broker still has. */
  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
      throws InterruptedException;

  /** Where the job's group was when it last committed; absent where it never has. */
  Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions)
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
