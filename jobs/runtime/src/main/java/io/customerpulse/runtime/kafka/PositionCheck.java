package io.customerpulse.runtime.kafka;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a position still leads to the records that were to be read from it.
 *
 * @param layout of the topic of that name at present
 * @param copyAccepted whether a topic with another id counts as the same
 * @param beginnings of the logs, at least of partitions that are there
 * @param ends of the same logs
 */
record PositionCheck(
    TopicLayout layout,
    boolean copyAccepted,
    Map<TopicPartition, Long> beginnings,
    Map<TopicPartition, Long> ends) {

  boolean isThere(IdentifiedSplit split) {
    return layout.partitions().contains(split.getPartition());
  }

  /** Whether a topic was put in the place of the split's own. */
  private boolean isReplaced(IdentifiedSplit split) {
    return !copyAccepted && split.topicId().filter(id -> !id.equals(layout.id())).isPresent();
  }

  /** Whether a split that was read from can't be any longer. */
  boolean isElsewhere(IdentifiedSplit split) {
    return isReplaced(split) || (!isThere(split) && isGone(split));
  }

  /** What is wrong, with partition, position and end; empty if nothing is. */
  Optional<String> problem(IdentifiedSplit split) {
    if (!isThere(split)) {
      return isGone(split)
          ? Optional.of(
              partition(split)
                  + ", but there is no such partition any more (the topic has "
                  + layout.partitions().size()
                  + ")")
          : Optional.empty();
    }
    long beginning = beginnings.get(split.getTopicPartition());
    long end = ends.get(split.getTopicPartition());
    String standing = partition(split) + ", end " + end;
    if (isReplaced(split)) {
      return Optional.of(standing + ", but the topic has been deleted and created again");
    }
    if (split.isPositioned() && split.getStartingOffset() > end) {
      return Optional.of(standing + ": it lies beyond the end");
    }
    if (split.isPositioned() && split.getStartingOffset() < beginning) {
      return Optional.of(standing + ", but the records before " + beginning + " are deleted");
    }
    return Optional.empty();
  }

  /**
   * As long as a topic lives, partitions are only added to it: one that was found there and isn't
   * known is one of which this broker has yet to hear.
   */
  private boolean isGone(IdentifiedSplit split) {
    return split.topicId().map(id -> !id.equals(layout.id())).orElse(split.isPositioned());
  }

  private static String partition(IdentifiedSplit split) {
    return split.getTopicPartition()
        + ": position "
        + (split.isPositioned() ? split.getStartingOffset() : "at the beginning");
  }
}
