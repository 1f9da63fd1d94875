package io.customerpulse.runtime.kafka;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition has been read, and the wall time it may claim next. The task thread owns
 * it; the position alone may be read from elsewhere.
 */
final class SplitProgress {
  /** Before the first record of a split that starts at the beginning, wherever that is. */
  static final long AT_BEGINNING = -1;

  private static final long NO_GOAL = Long.MAX_VALUE;

  private final String splitId;
  private final TopicPartition partition;
  private final AtomicLong position;

  /** Written by the watching thread, read by the task thread. */
  private volatile Silence silence = new Silence(AT_BEGINNING, AT_BEGINNING);

  private long goalPosition = NO_GOAL;
  private long goalMillis;

  /**
   * @param startingOffset the first offset to read; negative for the beginning
   */
  SplitProgress(String splitId, TopicPartition partition, long startingOffset) {
    this.splitId = splitId;
    this.partition = partition;
    this.position = new AtomicLong(Math.max(startingOffset, AT_BEGINNING));
  }

  String splitId() {
    return splitId;
  }

  TopicPartition partition() {
    return partition;
  }

  /** The offset after the last record emitted. */
  long position() {
    return position.getAcquire();
  }

  /** Notes that nobody is ever given a record between two offsets. */
  void noteSilence(long from, long until) {
    silence = new Silence(from, until);
  }

  /** The same place in the log, behind what is known to be no record. */
  long pastMarkers(long offset) {
    Silence known = silence;
    return known.from() == offset && offset >= 0 ? known.until() : offset;
  }

  /** Notes that everything below the offset has been emitted; true if that reaches the goal. */
  boolean advance(long nextOffset) {
    position.setRelease(nextOffset);
    return nextOffset >= goalPosition;
  }

  /**
   * Promises a wall time to the split once it has read so far. A goal that is not reached yet gives
   * way only to one that is: under traffic that never pauses the newest would always lie ahead.
   * True if the split has reached its goal.
   */
  boolean aim(long wallMillis, long neededPosition) {
    if (goalPosition == NO_GOAL || position.getPlain() >= neededPosition) {
      goalPosition = neededPosition;
      goalMillis = wallMillis;
    }
    return isGoalReached();
  }

  boolean isGoalReached() {
    return goalPosition != NO_GOAL && position.getPlain() >= goalPosition;
  }

  /** The wall time of a goal that is reached; the split is open for the next. */
  long takeGoalMillis() {
    goalPosition = NO_GOAL;
    return goalMillis;
  }

  private record Silence(long from, long until) {}
}
