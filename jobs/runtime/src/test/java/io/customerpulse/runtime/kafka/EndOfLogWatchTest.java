package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.runtime.kafka.EndOffsetUpdates.EndReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EndOfLogWatchTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);
  private static final long WALL = 5_000;

  private final List<String> asked = new ArrayList<>();
  private final FakeLog log = new FakeLog(asked);
  private final SplitProgress split = new SplitProgress("events-0", PARTITION, 10);
  private final List<SplitProgress> splits = new ArrayList<>(List.of(split));
  private final EndOfLogWatch watch =
      new EndOfLogWatch(
          log,
          () -> {
            asked.add("clock");
            return Instant.ofEpochMilli(WALL);
          },
          () -> splits);

  @Test
  void readsTheClockBeforeTheOffsets() throws Exception {
    watch.look();

    assertThat(asked).startsWith("clock", "end");
  }

  @Test
  void asksForTheEndAsItWasAtTheLook() throws Exception {
    log.end = 25;

    assertThat(watch.look()).containsExactly(new EndReading(split, WALL, 25));
  }

  @Test
  void aPositionThatStandsBelowMarkersIsAtTheEnd() throws Exception {
    log.end = 12;
    log.firstVisible = 12L;

    assertThat(needed()).isEqualTo(12);
    assertThat(needed()).as("once it stood still").isEqualTo(10);
  }

  @Test
  void aPositionThatMovesIsNotProbed() throws Exception {
    log.end = 100;
    watch.look();
    split.advance(20);
    watch.look();

    assertThat(asked).doesNotContain("probe");
  }

  @Test
  void aRecordThatWaitsIsABacklogAndProbedOnce() throws Exception {
    log.end = 100;
    log.firstVisible = 11L;
    for (int look = 0; look < 5; look++) {
      assertThat(needed()).isEqualTo(100);
    }

    assertThat(asked).containsOnlyOnce("probe");
  }

  @Test
  void moreBehindTheMarkersIsProbedAgain() throws Exception {
    log.end = 12;
    log.firstVisible = 12L;
    watch.look();
    watch.look();
    log.end = 20;
    log.firstVisible = 15L;

    assertThat(needed()).isEqualTo(20);
    assertThat(asked.stream().filter("probe"::equals)).hasSize(2);
  }

  @Test
  void aProbeWithoutAnAnswerProvesNothing() throws Exception {
    log.end = 12;
    log.firstVisible = null;
    watch.look();

    assertThat(needed()).isEqualTo(12);
    log.firstVisible = 12L;
    assertThat(needed()).isEqualTo(10);
  }

  @Test
  void anOpenTransactionIsABacklogThatIsNotProbed() throws Exception {
    log.end = 20;
    log.lastStable = 10L;
    for (int look = 0; look < 5; look++) {
      assertThat(needed()).isEqualTo(20);
    }
    assertThat(asked).doesNotContain("probe");

    // It is given up: nothing of it is ever seen.
    log.lastStable = null;
    log.firstVisible = 20L;
    assertThat(needed()).isEqualTo(10);
    assertThat(split.pastMarkers(10)).isEqualTo(20);
  }

  @Test
  void aPlaceIsMovedPastMarkersOnlyWhereItIsKnown() throws Exception {
    log.end = 12;
    log.firstVisible = 12L;
    watch.look();
    assertThat(split.pastMarkers(10)).isEqualTo(10);
    watch.look();
    assertThat(split.pastMarkers(10)).isEqualTo(12);
    assertThat(split.pastMarkers(11)).isEqualTo(11);
  }

  @Test
  void anEmptyPartitionReadFromItsBeginningIsAtTheEnd() throws Exception {
    SplitProgress unread = new SplitProgress("events-0", PARTITION, -2);
    splits.set(0, unread);
    log.beginning = 7;
    log.end = 7;

    assertThat(unread.aim(WALL, needed())).isTrue();
  }

  @Test
  void aFullPartitionReadFromItsBeginningIsNot() throws Exception {
    SplitProgress unread = new SplitProgress("events-0", PARTITION, -2);
    splits.set(0, unread);
    log.beginning = 7;
    log.end = 9;
    log.firstVisible = 7L;
    watch.look();

    assertThat(unread.aim(WALL, needed())).isFalse();
  }

  private long needed() throws InterruptedException {
    return watch.look().get(0).neededPosition();
  }

  /** The log of the one partition. */
  private static final class FakeLog implements LogEnds {
    private final List<String> asked;
    private long beginning;
    private long end = 10;

    /** Null where no transaction is open. */
    private Long lastStable;

    private Long firstVisible = 0L;

    FakeLog(List<String> asked) {
      this.asked = asked;
    }

    @Override
    public Map<String, TopicLayout> topics(Collection<String> names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      asked.add("end");
      return Map.of(PARTITION, end);
    }

    @Override
    public Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions) {
      return Map.of(PARTITION, lastStable == null ? end : lastStable);
    }

    @Override
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
      return Map.of(PARTITION, beginning);
    }

    @Override
    public Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges) {
      asked.add("probe");
      Map<TopicPartition, Long> found = new HashMap<>();
      if (firstVisible != null) {
        found.put(PARTITION, firstVisible);
      }
      return found;
    }

    @Override
    public void close() {}
  }
}
