package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.ingest.Deduplicator.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {
  private static final Instant NOON = at("2024-03-01T12:00:00Z");
  private static final Instant BEFORE_ALL = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant AFTER_ALL = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Deduplicator deduplicator = new Deduplicator(Duration.ofHours(24));

  @Test
  void anEventWaitsForTheWatermark() {
    BehaviorEvent event = event("a", NOON, 0);
    Step arrived = deduplicator.onEvent(null, event, NOON.minusMillis(1));

    assertThat(arrived.accepted()).isEmpty();
    assertThat(arrived.next().pending()).containsExactly(event);
    assertThat(arrived.wakeAt()).isEqualTo(NOON);

    Step woken = deduplicator.onTimer(arrived.next(), NOON);
    assertThat(woken.accepted()).containsExactly(event);
    assertThat(woken.next().pending()).isEmpty();
    assertThat(woken.next().standing().size()).isEqualTo(1);
  }

  @Test
  void theFirstByEventTimeAndReceptionStandsWhateverComesFirst() {
    BehaviorEvent first = event("a", NOON, 0);
    BehaviorEvent sameTime = event("a", NOON, 1);
    BehaviorEvent later = event("a", NOON.plusSeconds(5), 0);
    for (List<BehaviorEvent> arrival :
        List.of(List.of(later, sameTime, first), List.of(first, later, sameTime))) {
      Step step = null;
      for (BehaviorEvent event : arrival) {
        step = deduplicator.onEvent(step == null ? null : step.next(), event, BEFORE_ALL);
      }
      Step woken = deduplicator.onTimer(step.next(), NOON.plusSeconds(5));
      assertThat(woken.accepted()).containsExactly(first);
      assertThat(woken.duplicates()).containsExactly(sameTime, later);
    }
  }

  @Test
  void aDayApartTwoEventsOfOneIdBothStand() {
    Step step = accepted(event("a", NOON, 0));

    Step almost = late(step, event("a", NOON.plus(Duration.ofHours(24)).minusMillis(1), 0));
    assertThat(almost.duplicates()).hasSize(1);

    Step day = late(step, event("a", NOON.plus(Duration.ofHours(24)), 0));
    assertThat(day.accepted()).hasSize(1);
    assertThat(day.next().standing().size()).isEqualTo(2);
  }

  @Test
  void theWindowRunsFromTheEventThatStandsNotFromTheLastCopy() {
    Step step = accepted(event("a", NOON, 0));
    step = late(step, event("a", NOON.plus(Duration.ofHours(23)), 0));
    assertThat(step.duplicates()).hasSize(1);
    step = late(step, event("a", NOON.plus(Duration.ofHours(25)), 0));
    assertThat(step.accepted()).hasSize(1);
  }

  @Test
  void aLateEventIsDecidedAtOnceAgainstCopiesOnBothSides() {
    Step step = accepted(event("a", NOON, 0));

    assertThat(late(step, event("a", NOON.minus(Duration.ofHours(23)), 0)).duplicates()).hasSize(1);
    assertThat(late(step, event("a", NOON.minus(Duration.ofHours(24)), 0)).accepted()).hasSize(1);
    assertThat(late(step, event("b", NOON, 0)).accepted()).hasSize(1);
  }

  @Test
  void aLateEventLeavesThePendingOnesAlone() {
    BehaviorEvent pending = event("a", NOON.plusSeconds(9), 0);
    Step step = deduplicator.onEvent(null, pending, NOON);
    step = deduplicator.onEvent(step.next(), event("a", NOON, 0), NOON);

    assertThat(step.accepted()).hasSize(1);
    assertThat(step.wakeAt()).isEqualTo(pending.eventTime());
    assertThat(deduplicator.onTimer(step.next(), pending.eventTime()).duplicates())
        .containsExactly(pending);
  }

  @Test
  void aRetryAWeekLaterIsFoundAndThenTheIdIsForgotten() {
    Step step = accepted(event("a", NOON, 0));
    Instant lastMoment = NOON.plus(Duration.ofDays(8)).minusMillis(1);
    Step retry = deduplicator.onEvent(step.next(), event("a", NOON, 0), lastMoment);
    assertThat(retry.duplicates()).hasSize(1);
    assertThat(retry.next()).isNotNull();

    // The wake is rounded up to a day.
    assertThat(retry.wakeAt()).isEqualTo(at("2024-03-10T00:00:00Z"));
    Step woken = deduplicator.onTimer(retry.next(), retry.wakeAt());
    assertThat(woken.next()).isNull();
    assertThat(woken.wakeAt()).isNull();
  }

  @Test
  void aRetryWithItsFirstTimeOfSendingIsACopyThoughItsEventTimeHasMoved() {
    Step step = accepted(event("a", NOON, 0));
    Instant nextDay = NOON.plus(Duration.ofHours(26));
    assertThat(late(step, event("a", nextDay, NOON, 0)).duplicates()).hasSize(1);
    assertThat(late(step, event("a", nextDay, 0)).accepted()).hasSize(1);
  }

  @Test
  void aClockThatIsYearsWrongMovesNoWindow() {
    Instant deviceTime = at("2019-01-01T00:00:00Z");
    Step step = accepted(event("a", NOON, deviceTime, 0));
    Instant later = NOON.plus(Duration.ofDays(8)).minusMillis(1);
    assertThat(inTime(step, event("a", later, deviceTime, 0)).duplicates()).hasSize(1);
    Instant otherDay = deviceTime.plus(Duration.ofHours(24));
    assertThat(late(step, event("a", NOON, otherDay, 0)).accepted()).hasSize(1);
  }

  /** Or it would depend on how often the state has been looked at in between. */
  @Test
  void aCopyIsComparedWithWhatIsRememberedAtItsTimeThoughMoreIs() {
    Step step = accepted(event("a", NOON, 0));
    BehaviorEvent retry = event("a", NOON.plus(Duration.ofDays(8)), NOON, 0);
    assertThat(inTime(step, retry).accepted()).containsExactly(retry);
  }

  @Test
  void whatAnOlderReleaseHasKeptIsComparedByEventTime() {
    long noon = NOON.toEpochMilli();
    Fingerprints fingerprints = Fingerprints.NONE.with(5, noon, Fingerprints.UNKNOWN_DEVICE_TIME);
    long day = Duration.ofDays(1).toMillis();
    assertThat(fingerprints.stands(5, noon + day - 1, 0, day, 8 * day)).isTrue();
    assertThat(fingerprints.stands(5, noon + day, 0, day, 8 * day)).isFalse();
  }

  @Test
  void theEventsOfADayAskForOneWake() {
    Step morning = accepted(event("a", NOON, 0));
    Step evening = late(morning, event("b", NOON.plus(Duration.ofHours(11)), 0));
    assertThat(evening.wakeAt()).isEqualTo(morning.wakeAt());
  }

  @Test
  void theEndOfTimeLetsEverythingGo() {
    Step step = deduplicator.onEvent(null, event("a", NOON, 0), BEFORE_ALL);
    Step end = deduplicator.onTimer(step.next(), AFTER_ALL);
    assertThat(end.accepted()).hasSize(1);
    assertThat(end.next()).isNull();
  }

  @Test
  void theOldestFingerprintsLeaveAndAreCounted() {
    Step step = null;
    int overflowed = 0;
    for (int i = 0; i < Fingerprints.MAX + 3; i++) {
      step =
          deduplicator.onEvent(
              step == null ? null : step.next(),
              event("e" + i, NOON.plusMillis(i), 0),
              NOON.plusSeconds(60));
      overflowed += step.overflowed();
    }
    assertThat(overflowed).isEqualTo(3);
    assertThat(step.next().standing().size()).isEqualTo(Fingerprints.MAX);
    assertThat(step.next().standing().timeMillis(0)).isEqualTo(NOON.plusMillis(3).toEpochMilli());
  }

  @Test
  void whatFloodsIsTurnedAwayTheLatestFirst() {
    Step step = null;
    for (int i = 0; i < Deduplicator.MAX_PENDING; i++) {
      step =
          deduplicator.onEvent(
              step == null ? null : step.next(), event("e" + i, NOON.plusMillis(i), 0), BEFORE_ALL);
      assertThat(step.flooded()).isEmpty();
    }
    BehaviorEvent earlier = event("x", NOON.minusMillis(1), 0);
    step = deduplicator.onEvent(step.next(), earlier, BEFORE_ALL);

    assertThat(step.flooded()).singleElement().extracting("eventId").isEqualTo("e4999");
    assertThat(step.next().pending()).hasSize(Deduplicator.MAX_PENDING).startsWith(earlier);
  }

  @Test
  void theKeyIsThatOfTheWeakestIdentifier() {
    assertThat(Deduplicator.key(event("a", NOON, 0))).isEqualTo("t\u001fopenid\u001fwx1\u001foA");
  }

  @Test
  void fingerprintsAreRebuiltFromWhatTheyTell() {
    Fingerprints fingerprints = Fingerprints.NONE.with(5, 20, 21).with(6, 10, 10).with(7, 20, 3);
    long[] hashes = new long[fingerprints.size()];
    long[] times = new long[fingerprints.size()];
    long[] deviceTimes = new long[fingerprints.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = fingerprints.hash(i);
      times[i] = fingerprints.timeMillis(i);
      deviceTimes[i] = fingerprints.deviceTimeMillis(i);
    }
    assertThat(hashes).containsExactly(6, 5, 7);
    assertThat(deviceTimes).containsExactly(10, 21, 3);
    assertThat(Fingerprints.of(hashes, times, deviceTimes)).isEqualTo(fingerprints);
  }

  private Step accepted(BehaviorEvent event) {
    Step step = deduplicator.onEvent(null, event, event.eventTime());
    assertThat(step.accepted()).containsExactly(event);
    return step;
  }

  /** Decided when the watermark has reached it, while nothing has been forgotten before. */
  private Step inTime(Step before, BehaviorEvent event) {
    return deduplicator.onEvent(before.next(), event, event.eventTime());
  }

  private Step late(Step before, BehaviorEvent event) {
    return deduplicator.onEvent(before.next(), event, NOON.plus(Duration.ofDays(2)));
  }

  static BehaviorEvent event(String id, Instant time, long receivedAfterSeconds) {
    return event(id, time, time, receivedAfterSeconds);
  }

  static BehaviorEvent event(
      String id, Instant time, Instant deviceTime, long receivedAfterSeconds) {
    return new BehaviorEvent(
        id,
        EventType.IDENTIFY,
        "t",
        "wx1",
        "c",
        time,
        deviceTime,
        null,
        null,
        time.plusSeconds(receivedAfterSeconds),
        new Identifiers("u", null, null, "oA", null),
        null,
        null,
        null,
        new Payload.Identify(true),
        List.of(),
        Map.of(),
        new Origin("f", 1, (id + receivedAfterSeconds).getBytes(StandardCharsets.UTF_8)));
  }
}
