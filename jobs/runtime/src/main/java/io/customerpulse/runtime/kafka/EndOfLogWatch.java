package io.customerpulse.runtime.kafka;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import io.customerpulse.runtime.time.WallClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out, for one reader's splits, up to where each must have been read to have seen everything
 * that the broker had at an instant.
 *
 * <p>The wall clock is read <em>before</em> the offsets: whatever lies at or beyond an offset came
 * after that instant, hence no older than the out-of-orderness bound allows.
 *
 * <p>The end is that of everything that the broker has. Where a transaction is open it gives out
 * less: neither what the transaction has written nor what others have written behind it. Time waits
 * for those records, which are there, until the transaction is closed – by its producer or, when
 * its timeout has passed, by the broker.
 *
 * <p>After a transaction the last offsets of a log are markers that no consumer ever sees, so a
 * position stands below the end although all has been read. Where a position has not moved from one
 * look to the next, a probe tells whether a record follows or nothing does.
 */
final class EndOfLogWatch {
  private final LogEnds logEnds;
  private final WallClock wallClock;
  private final Supplier<List<SplitProgress>> splits;
  private final Map<SplitProgress, Seen> seenBefore = new HashMap<>();

  /**
   * @param splits the reader's own at the moment, read anew at each look
   */
  EndOfLogWatch(LogEnds logEnds, WallClock wallClock, Supplier<List<SplitProgress>> splits) {
    this.logEnds = logEnds;
    this.wallClock = wallClock;
    this.splits = splits;
  }

  /** One look at the broker; may block for seconds and fails when the broker does. */
  List<EndReading> look() throws InterruptedException {
    List<SplitProgress> looked = splits.get();
    if (looked.isEmpty()) {
      return List.of();
    }
    List<TopicPartition> partitions = looked.stream().map(SplitProgress::partition).toList();
    long wallMillis = wallClock.millis();
    Map<TopicPartition, Long> ends = logEnds.ends(partitions);
    // After the ends, so that a transaction that is closed in between is not taken for an open one.
    Map<TopicPartition, Long> lastStable = logEnds.lastStable(partitions);
    List<Standing> standings = standings(looked, ends, lastStable);
    probe(standings.stream().filter(Standing::isUnexplained).toList());
    List<EndReading> readings = new ArrayList<>(standings.size());
    for (Standing standing : standings) {
      standing.seen.position = standing.position;
      if (standing.isReadToEnd() && standing.nextOffset < standing.end) {
        standing.split.noteSilence(standing.nextOffset, standing.end);
      }
      readings.add(new EndReading(standing.split, wallMillis, standing.neededPosition()));
    }
    return readings;
  }

  private List<Standing> standings(
      List<SplitProgress> looked,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> lastStable)
      throws InterruptedException {
    Map<SplitProgress, Long> positions = new HashMap<>();
    List<TopicPartition> unread = new ArrayList<>();
    for (SplitProgress split : looked) {
      long position = split.position();
      positions.put(split, position);
      if (position == SplitProgress.AT_BEGINNING) {
        unread.add(split.partition());
      }
    }
    Map<TopicPartition, Long> beginnings = unread.isEmpty() ? Map.of() : logEnds.beginnings(unread);
    List<Standing> standings = new ArrayList<>(looked.size());
    for (SplitProgress split : looked) {
      long position = positions.get(split);
      standings.add(
          new Standing(
              split,
              seenBefore.computeIfAbsent(split, first -> new Seen()),
              position,
              position == SplitProgress.AT_BEGINNING ? beginnings.get(split.partition()) : position,
              ends.get(split.partition()),
              lastStable.get(split.partition())));
    }
    return standings;
  }

  private void probe(List<Standing> unexplained) throws InterruptedException {
    if (unexplained.isEmpty()) {
      return;
    }
    Map<TopicPartition, LogEnds.Range> ranges = new HashMap<>();
    for (Standing standing : unexplained) {
      ranges.put(standing.split.partition(), new LogEnds.Range(standing.nextOffset, standing.end));
    }
    Map<TopicPartition, Long> visible = logEnds.firstVisible(ranges);
    for (Standing standing : unexplained) {
      Long offset = visible.get(standing.split.partition());
      if (offset != null) {
        standing.seen.nothingFrom = standing.nextOffset;
        standing.seen.nothingUntil = offset;
        standing.seen.recordFollows = offset < standing.end;
      }
    }
  }

  /** What earlier looks found out about a split. */
  private static final class Seen {
    private static final long NEVER = Long.MIN_VALUE;

    private long position = NEVER;

    /** No consumer is ever given a record from here (inclusive) … */
    private long nothingFrom = NEVER;

    /** … to here (exclusive), … */
    private long nothingUntil = NEVER;

    /** … where one stands, or where the log ended then. */
    private boolean recordFollows;
  }

  /**
   * A split at this look.
   *
   * @param position of the reader, possibly {@link SplitProgress#AT_BEGINNING}
   * @param nextOffset the offset that the position stands for
   * @param end the offset up to which the broker has records
   * @param lastStable the offset up to which it gives them out
   */
  private record Standing(
      SplitProgress split, Seen seen, long position, long nextOffset, long end, long lastStable) {

    boolean isReadToEnd() {
      return nextOffset >= end || (seen.nothingFrom <= nextOffset && seen.nothingUntil >= end);
    }

    /**
     * Below the end, not moving, and nobody knows yet what lies between. A transaction that is open
     * explains it: its records are there and may yet be given out.
     */
    boolean isUnexplained() {
      boolean recordFollows =
          seen.recordFollows && seen.nothingFrom <= nextOffset && nextOffset <= seen.nothingUntil;
      return !isReadToEnd() && lastStable >= end && !recordFollows && seen.position == position;
    }

    long neededPosition() {
      return isReadToEnd() ? position : end;
    }
  }
}
