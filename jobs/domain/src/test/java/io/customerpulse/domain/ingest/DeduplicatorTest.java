package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {
  private static final Instant NOON = at("2024-03-01T12:00:00Z");

  private final Deduplicator deduplicator = new Deduplicator(Duration.ofHours(24));
  private StandingCopies standing = StandingCopies.NONE;

  private boolean accepts(Instant time, Instant deviceTime) {
    StandingCopies next =
        deduplicator.accept(standing, time.toEpochMilli(), deviceTime.toEpochMilli());
    if (next != null) {
      standing = next;
    }
    return next != null;
  }

  private boolean accepts(Instant time) {
    return accepts(time, time);
  }

  @Test
  void theFirstByEventTimeAndReceptionStands() {
    BehaviorEvent first = event("a", NOON, 0);
    BehaviorEvent sameTime = event("a", NOON, 1);
    BehaviorEvent later = event("a", NOON.plusSeconds(5), 0);
    List<BehaviorEvent> copies = new ArrayList<>(List.of(later, sameTime, first));
    copies.sort(Deduplicator.ORDER);
    assertThat(copies).containsExactly(first, sameTime, later);
  }

  @Test
  void aDayApartTwoEventsOfOneIdBothStand() {
    assertThat(accepts(NOON)).isTrue();
    assertThat(accepts(NOON.plus(Duration.ofHours(24)).minusMillis(1))).isFalse();
    assertThat(accepts(NOON.plus(Duration.ofHours(24)))).isTrue();
    assertThat(standing.size()).isEqualTo(2);
  }

  @Test
  void theWindowRunsFromTheEventThatStandsNotFromTheLastCopy() {
    assertThat(accepts(NOON)).isTrue();
    assertThat(accepts(NOON.plus(Duration.ofHours(23)))).isFalse();
    assertThat(accepts(NOON.plus(Duration.ofHours(25)))).isTrue();
  }

  @Test
  void aLateEventIsHeldAgainstCopiesOnBothSides() {
    assertThat(accepts(NOON)).isTrue();
    assertThat(accepts(NOON.minus(Duration.ofHours(23)))).isFalse();
    assertThat(accepts(NOON.minus(Duration.ofHours(24)))).isTrue();
  }

  @Test
  void aRetryWithItsFirstTimeOfSendingIsACopyThoughItsEventTimeHasMoved() {
    assertThat(accepts(NOON)).isTrue();
    Instant nextDay = NOON.plus(Duration.ofHours(26));
    assertThat(accepts(nextDay, NOON)).isFalse();
    assertThat(accepts(nextDay)).isTrue();
  }

  @Test
  void aClockThatIsYearsWrongMovesNoWindow() {
    Instant deviceTime = at("2019-01-01T00:00:00Z");
    assertThat(accepts(NOON, deviceTime)).isTrue();
    Instant later = NOON.plus(Duration.ofDays(8)).minusMillis(1);
    assertThat(accepts(later, deviceTime)).isFalse();
    assertThat(accepts(NOON, deviceTime.plus(Duration.ofHours(24)))).isTrue();
  }

  /** Or it would depend on when the backend throws away what is old. */
  @Test
  void aCopyIsComparedWithWhatIsRememberedAtItsTimeThoughMoreIs() {
    assertThat(accepts(NOON)).isTrue();
    assertThat(accepts(NOON.plus(Duration.ofDays(8)).minusMillis(1), NOON)).isFalse();
    assertThat(accepts(NOON.plus(Duration.ofDays(8)), NOON)).isTrue();
  }

  @Test
  void ofOneIdTheOldestCopiesLeave() {
    for (int day = 0; day < StandingCopies.MAX + 3; day++) {
      assertThat(accepts(NOON, NOON.plus(Duration.ofDays(day)))).isTrue();
    }
    assertThat(standing.size()).isEqualTo(StandingCopies.MAX);
    assertThat(standing.deviceTimeMillis(0))
        .isEqualTo(NOON.plus(Duration.ofDays(3)).toEpochMilli());
  }

  @Test
  void theKeyIsThatOfTheWeakestIdentifier() {
    assertThat(Deduplicator.key(event("a", NOON, 0))).isEqualTo("t\u001fopenid\u001fwx1\u001foA");
  }

  @Test
  void aFingerprintIsOfAnIdUnderItsKey() {
    BehaviorEvent event = event("a", NOON, 0);
    assertThat(Deduplicator.fingerprint("k", event))
        .isEqualTo(Deduplicator.fingerprint("k", event("a", NOON.plusSeconds(9), 3)))
        .isNotEqualTo(Deduplicator.fingerprint("l", event))
        .isNotEqualTo(Deduplicator.fingerprint("k", event("b", NOON, 0)));
  }

  @Test
  void copiesAreRebuiltFromWhatTheyTell() {
    StandingCopies copies = StandingCopies.NONE.with(20, 21).with(10, 10).with(20, 3);
    long[] times = new long[copies.size()];
    long[] deviceTimes = new long[copies.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = copies.timeMillis(i);
      deviceTimes[i] = copies.deviceTimeMillis(i);
    }
    assertThat(times).containsExactly(10, 20, 20);
    assertThat(deviceTimes).containsExactly(10, 21, 3);
    assertThat(StandingCopies.of(times, deviceTimes)).isEqualTo(copies);
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
