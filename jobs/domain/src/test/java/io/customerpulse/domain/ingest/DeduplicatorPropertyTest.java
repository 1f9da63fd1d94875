package io.customerpulse.domain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.oracle.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Events that arrive in any order within the bound, with a watermark that follows them, are decided
 * as an oracle decides that has all of them before it.
 */
class DeduplicatorPropertyTest {
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final long BOUND_MILLIS = 60_000;
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

  private final Deduplicator deduplicator = new Deduplicator(WINDOW);

  @Test
  void agreesWithAnOracleThatSeesEverything() {
    for (long seed : Seeds.of(getClass(), 1_000, 1_000)) {
      List<BehaviorEvent> events = events(new Random(seed));
      List<BehaviorEvent> expected = oracle(events);

      assertThat(run(events, new Random(seed + 1))).as("seed %d", seed).isEqualTo(expected);
      assertThat(run(events, new Random(seed + 2))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /**
   * A few ids over some days, their copies seconds to days after them, many at equal times; of some
   * the event time has moved away from what the device said, to the same one or another.
   */
  private static List<BehaviorEvent> events(Random random) {
    List<BehaviorEvent> events = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      long hours = random.nextInt(80);
      long seconds = random.nextInt(4) * 15L;
      String id = "id" + random.nextInt(8);
      Instant time = START.plusSeconds(hours * 3_600 + seconds);
      int received = random.nextInt(3);
      events.add(DeduplicatorTest.event(id, time, received));
      while (random.nextInt(3) == 0) {
        // Sent again seconds to days later, as if the clock were wrong by that.
        Instant moved =
            time.plusSeconds(random.nextInt(3) == 0 ? 15 : random.nextInt(220) * 3_600L);
        events.add(DeduplicatorTest.event(id, moved, time, 4 + events.size()));
      }
    }
    return events;
  }

  private static List<BehaviorEvent> oracle(List<BehaviorEvent> events) {
    List<BehaviorEvent> accepted = new ArrayList<>();
    List<BehaviorEvent> sorted = new ArrayList<>(events);
    sorted.sort(
        Comparator.comparing(BehaviorEvent::eventTime)
            .thenComparing(BehaviorEvent::receivedAt)
            .thenComparing(BehaviorEvent::eventId));
    for (BehaviorEvent event : sorted) {
      if (accepted.stream().noneMatch(before -> isCopy(before, event))) {
        accepted.add(event);
      }
    }
    return accepted;
  }

  private static boolean isCopy(BehaviorEvent before, BehaviorEvent event) {
    Duration apart = Duration.between(before.deviceTime(), event.deviceTime()).abs();
    Duration later = Duration.between(before.eventTime(), event.eventTime());
    return before.eventId().equals(event.eventId())
        && apart.compareTo(WINDOW) < 0
        && later.compareTo(WINDOW.plusDays(7)) < 0;
  }

  private List<BehaviorEvent> run(List<BehaviorEvent> events, Random random) {
    List<BehaviorEvent> accepted = new ArrayList<>();
    int duplicates = 0;
    DedupState state = null;
    Instant wakeAt = null;
    Instant watermark = Instant.ofEpochMilli(Long.MIN_VALUE);
    for (BehaviorEvent event : shuffledWithinTheBound(events, random)) {
      var step = deduplicator.onEvent(state, event, watermark);
      assertThat(step.effects()).isEmpty();
      state = step.next();
      wakeAt = step.nextTimer();
      Instant follows = event.eventTime().minusMillis(BOUND_MILLIS + 1);
      if (random.nextBoolean() && follows.isAfter(watermark)) {
        watermark = follows;
        while (wakeAt != null && !wakeAt.isAfter(watermark)) {
          var woken = deduplicator.onTimer(state, watermark);
          accepted.addAll(unique(woken.effects()));
          duplicates += duplicates(woken.effects());
          state = woken.next();
          wakeAt = woken.nextTimer();
        }
      }
    }
    var end = deduplicator.onTimer(state, Instant.ofEpochMilli(Long.MAX_VALUE));
    accepted.addAll(unique(end.effects()));
    assertThat(end.next()).isNull();
    assertThat(accepted.size() + duplicates + duplicates(end.effects())).isEqualTo(events.size());
    return accepted;
  }

  /** Each event is delayed by at most the bound; events arrive by time and delay. */
  private static List<BehaviorEvent> shuffledWithinTheBound(
      List<BehaviorEvent> events, Random random) {
    record Arrival(BehaviorEvent event, long atMillis) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (BehaviorEvent event : events) {
      long delay = random.nextLong(BOUND_MILLIS + 1);
      arrivals.add(new Arrival(event, event.eventTime().toEpochMilli() + delay));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMillis));
    return arrivals.stream().map(Arrival::event).toList();
  }

  private static List<BehaviorEvent> unique(List<DeduplicationResult> results) {
    return results.stream()
        .filter(DeduplicationResult.Unique.class::isInstance)
        .map(result -> ((DeduplicationResult.Unique) result).event())
        .toList();
  }

  private static int duplicates(List<DeduplicationResult> results) {
    return (int) results.stream().filter(DeduplicationResult.Duplicate.class::isInstance).count();
  }
}
