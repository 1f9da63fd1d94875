package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
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
    Decision<DedupState, DeduplicationResult> arrived =
        deduplicator.onEvent(null, event, NOON.minusMillis(1));

    assertThat(unique(arrived)).isEmpty();
    assertThat(arrived.next().pending()).containsExactly(event);
    assertThat(arrived.nextTimer()).isEqualTo(NOON);

    Decision<DedupState, DeduplicationResult> woken = deduplicator.onTimer(arrived.next(), NOON);
    assertThat(unique(woken)).containsExactly(event);
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
      Decision<DedupState, DeduplicationResult> step = null;
      for (BehaviorEvent event : arrival) {
        step = deduplicator.onEvent(step == null ? null : step.next(), event, BEFORE_ALL);
      }
      Decision<DedupState, DeduplicationResult> woken =
          deduplicator.onTimer(step.next(), NOON.plusSeconds(5));
      assertThat(unique(woken)).containsExactly(first);
      assertThat(duplicates(woken)).containsExactly(sameTime, later);
    }
  }

  @Test
  void aDayApartTwoEventsOfOneIdBothStand() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));

    Decision<DedupState, DeduplicationResult> almost =
        late(step, event("a", NOON.plus(Duration.ofHours(24)).minusMillis(1), 0));
    assertThat(duplicates(almost)).hasSize(1);

    Decision<DedupState, DeduplicationResult> day =
        late(step, event("a", NOON.plus(Duration.ofHours(24)), 0));
    assertThat(unique(day)).hasSize(1);
    assertThat(day.next().standing().size()).isEqualTo(2);
  }

  @Test
  void theWindowRunsFromTheEventThatStandsNotFromTheLastCopy() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));
    step = late(step, event("a", NOON.plus(Duration.ofHours(23)), 0));
    assertThat(duplicates(step)).hasSize(1);
    step = late(step, event("a", NOON.plus(Duration.ofHours(25)), 0));
    assertThat(unique(step)).hasSize(1);
  }

  @Test
  void aLateEventIsDecidedAtOnceAgainstCopiesOnBothSides() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));

    assertThat(duplicates(late(step, event("a", NOON.minus(Duration.ofHours(23)), 0)))).hasSize(1);
    assertThat(unique(late(step, event("a", NOON.minus(Duration.ofHours(24)), 0)))).hasSize(1);
    assertThat(unique(late(step, event("b", NOON, 0)))).hasSize(1);
  }

  @Test
  void aLateEventLeavesThePendingOnesAlone() {
    BehaviorEvent pending = event("a", NOON.plusSeconds(9), 0);
    Decision<DedupState, DeduplicationResult> step = deduplicator.onEvent(null, pending, NOON);
    step = deduplicator.onEvent(step.next(), event("a", NOON, 0), NOON);

    assertThat(unique(step)).hasSize(1);
    assertThat(step.nextTimer()).isEqualTo(pending.eventTime());
    assertThat(duplicates(deduplicator.onTimer(step.next(), pending.eventTime())))
        .containsExactly(pending);
  }

  @Test
  void aRetryAWeekLaterIsFoundAndThenTheIdIsForgotten() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));
    Instant lastMoment = NOON.plus(Duration.ofDays(8)).minusMillis(1);
    Decision<DedupState, DeduplicationResult> retry =
        deduplicator.onEvent(step.next(), event("a", NOON, 0), lastMoment);
    assertThat(duplicates(retry)).hasSize(1);
    assertThat(retry.next()).isNotNull();

    // The wake is rounded up to a day.
    assertThat(retry.nextTimer()).isEqualTo(at("2024-03-10T00:00:00Z"));
    Decision<DedupState, DeduplicationResult> woken =
        deduplicator.onTimer(retry.next(), retry.nextTimer());
    assertThat(woken.next()).isNull();
    assertThat(woken.nextTimer()).isNull();
  }

  @Test
  void aRetryWithItsFirstTimeOfSendingIsACopyThoughItsEventTimeHasMoved() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));
    Instant nextDay = NOON.plus(Duration.ofHours(26));
    assertThat(duplicates(late(step, event("a", nextDay, NOON, 0)))).hasSize(1);
    assertThat(unique(late(step, event("a", nextDay, 0)))).hasSize(1);
  }

  @Test
  void aClockThatIsYearsWrongMovesNoWindow() {
    Instant deviceTime = at("2019-01-01T00:00:00Z");
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, deviceTime, 0));
    Instant later = NOON.plus(Duration.ofDays(8)).minusMillis(1);
    assertThat(duplicates(inTime(step, event("a", later, deviceTime, 0)))).hasSize(1);
    Instant otherDay = deviceTime.plus(Duration.ofHours(24));
    assertThat(unique(late(step, event("a", NOON, otherDay, 0)))).hasSize(1);
  }

  /** Or it would depend on how often the state has been looked at in between. */
  @Test
  void aCopyIsComparedWithWhatIsRememberedAtItsTimeThoughMoreIs() {
    Decision<DedupState, DeduplicationResult> step = accepted(event("a", NOON, 0));
    BehaviorEvent retry = event("a", NOON.plus(Duration.ofDays(8)), NOON, 0);
    assertThat(unique(inTime(step, retry))).containsExactly(retry);
  }

  @Test
  void theEventsOfADayAskForOneWake() {
    Decision<DedupState, DeduplicationResult> morning = accepted(event("a", NOON, 0));
    Decision<DedupState, DeduplicationResult> evening =
        late(morning, event("b", NOON.plus(Duration.ofHours(11)), 0));
    assertThat(evening.nextTimer()).isEqualTo(morning.nextTimer());
  }

  @Test
  void theEndOfTimeLetsEverythingGo() {
    Decision<DedupState, DeduplicationResult> step =
        deduplicator.onEvent(null, event("a", NOON, 0), BEFORE_ALL);
    Decision<DedupState, DeduplicationResult> end = deduplicator.onTimer(step.next(), AFTER_ALL);
    assertThat(unique(end)).hasSize(1);
    assertThat(end.next()).isNull();
  }

  @Test
  void theOldestFingerprintsLeaveAndAreCounted() {
    Decision<DedupState, DeduplicationResult> step = null;
    int overflowed = 0;
    for (int i = 0; i < Fingerprints.MAX + 3; i++) {
      step =
          deduplicator.onEvent(
              step == null ? null : step.next(),
              event("e" + i, NOON.plusMillis(i), 0),
              NOON.plusSeconds(60));
      for (DeduplicationResult result : step.effects()) {
        overflowed += result instanceof DeduplicationResult.Forgotten it ? it.fingerprints() : 0;
      }
    }
    assertThat(overflowed).isEqualTo(3);
    assertThat(step.next().standing().size()).isEqualTo(Fingerprints.MAX);
    assertThat(step.next().standing().timeMillis(0)).isEqualTo(NOON.plusMillis(3).toEpochMilli());
  }

  @Test
  void whatFloodsIsTurnedAwayTheLatestFirst() {
    Decision<DedupState, DeduplicationResult> step = null;
    for (int i = 0; i < Deduplicator.MAX_PENDING; i++) {
      step =
          deduplicator.onEvent(
              step == null ? null : step.next(), event("e" + i, NOON.plusMillis(i), 0), BEFORE_ALL);
      assertThat(flooded(step)).isEmpty();
    }
    BehaviorEvent earlier = event("x", NOON.minusMillis(1), 0);
    step = deduplicator.onEvent(step.next(), earlier, BEFORE_ALL);

    assertThat(flooded(step)).singleElement().extracting("eventId").isEqualTo("e4999");
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

  private Decision<DedupState, DeduplicationResult> accepted(BehaviorEvent event) {
    Decision<DedupState, DeduplicationResult> step =
        deduplicator.onEvent(null, event, event.eventTime());
    assertThat(unique(step)).containsExactly(event);
    return step;
  }

  /** Decided when the watermark has reached it, while nothing has been forgotten before. */
  private Decision<DedupState, DeduplicationResult> inTime(
      Decision<DedupState, DeduplicationResult> before, BehaviorEvent event) {
    return deduplicator.onEvent(before.next(), event, event.eventTime());
  }

  private Decision<DedupState, DeduplicationResult> late(
      Decision<DedupState, DeduplicationResult> before, BehaviorEvent event) {
    return deduplicator.onEvent(before.next(), event, NOON.plus(Duration.ofDays(2)));
  }

  private static List<BehaviorEvent> unique(Decision<DedupState, DeduplicationResult> decision) {
    return decision.effects().stream()
        .filter(DeduplicationResult.Unique.class::isInstance)
        .map(result -> ((DeduplicationResult.Unique) result).event())
        .toList();
  }

  private static List<BehaviorEvent> duplicates(
      Decision<DedupState, DeduplicationResult> decision) {
    return decision.effects().stream()
        .filter(DeduplicationResult.Duplicate.class::isInstance)
        .map(result -> ((DeduplicationResult.Duplicate) result).event())
        .toList();
  }

  private static List<BehaviorEvent> flooded(Decision<DedupState, DeduplicationResult> decision) {
    return decision.effects().stream()
        .filter(DeduplicationResult.Flooded.class::isInstance)
        .map(result -> ((DeduplicationResult.Flooded) result).event())
        .toList();
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
        new Origin("f", 1));
  }
}
