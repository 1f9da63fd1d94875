package io.customerpulse.domain.ingest;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventJson;
import io.customerpulse.domain.event.Identifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which events are duplicates: of one tenant, one event id and one weakest identifier, with
 * times by the device's clock less than a window apart. The first by {@link #ORDER} stands.
 *
 * <p>The device's time is the same in every copy, while the event time is not: a phone that sends
 * again what it stamped with a time of sending before shows a skew that it doesn't have.
 *
 * <p>"The first" must not depend on which copy arrives first, so an event waits until the watermark
 * reaches its event time: then every copy with an earlier one has come, and has been decided before
 * it, however far apart their event times are. What comes later still is decided at once against
 * the copies that stand, before or after it. An id is remembered for the window and {@link
 * #RETRY_MEMORY} after the event time at which it stands, so that a phone that sends again days
 * later is still found out. What a copy is compared with is what is remembered at its event time,
 * whenever it is that anything is forgotten.
 *
 * <p>One state belongs to each {@link #key}. Its timer fires when the watermark reaches {@link
 * Decision#nextTimer}, which is at most once a day for forgetting alone, before it hands over an
 * event that comes after that watermark.
 */
public final class Deduplicator {
  /** Events of one identifier that wait at a time; what comes beyond them is a flood. */
  public static final int MAX_PENDING = 5_000;

  /** How long after its window an accepted event is remembered. */
  public static final Duration RETRY_MEMORY = Duration.ofDays(7);

  private static final Comparator<BehaviorEvent> AT_ONE_TIME =
      Comparator.comparing(
              BehaviorEvent::receivedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparingLong(event -> event.seq() == null ? 0 : event.seq())
          .thenComparing(BehaviorEvent::type)
          .thenComparing(EventJson::of)
          .thenComparing(event -> String.join(",", event.repairs()));

  /** Which of several copies stands: the first in this order. */
  public static final Comparator<BehaviorEvent> ORDER =
      (one, other) -> {
        int byTime = one.eventTime().compareTo(other.eventTime());
        return byTime == 0 ? AT_ONE_TIME.compare(one, other) : byTime;
      };

  /** Between the parts of a key; no id that was read has a control character. */
  private static final char SEPARATOR = '\u001f';

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final long windowMillis;
  private final long memoryMillis;

  /**
   * Decisions within a window.
   *
   * @param window two events of one id are duplicates when their devices' times are less than this
   *     apart
   */
  public Deduplicator(Duration window) {
    windowMillis = window.toMillis();
    memoryMillis = window.plus(RETRY_MEMORY).toMillis();
  }

  /** The key of the state that decides on an event: its tenant and its weakest identifier. */
  public static String key(BehaviorEvent event) {
    List<Identifier> identifiers = event.identifiers().strongestFirst(event.appId());
    Identifier weakest = identifiers.get(identifiers.size() - 1);
    return event.tenantId()
        + SEPARATOR
        + weakest.kind().wireName()
        + SEPARATOR
        + weakest.scope()
        + SEPARATOR
        + weakest.value();
  }

  /**
   * Takes one event.
   *
   * @param state null where nothing is remembered
   * @param event with its origin
   * @param watermark an event at or before it is late
   */
  public Decision<DedupState, DeduplicationResult> onEvent(
      DedupState state, BehaviorEvent event, Instant watermark) {
    DedupState known = state == null ? DedupState.EMPTY : state;
    if (!event.eventTime().isAfter(watermark)) {
      return decide(known.pending(), known.standing(), List.of(event), watermark);
    }
    List<BehaviorEvent> pending = inserted(known.pending(), event);
    List<DeduplicationResult> results = new ArrayList<>(1);
    if (pending.size() > MAX_PENDING) {
      results.add(new DeduplicationResult.Flooded(pending.remove(pending.size() - 1)));
    }
    return decision(pending, known.standing(), results, watermark);
  }

  /** Lets go what the watermark has reached. */
  public Decision<DedupState, DeduplicationResult> onTimer(DedupState state, Instant watermark) {
    List<BehaviorEvent> pending = state.pending();
    int due = 0;
    while (due < pending.size() && !pending.get(due).eventTime().isAfter(watermark)) {
      due++;
    }
    return decide(
        pending.subList(due, pending.size()), state.standing(), pending.subList(0, due), watermark);
  }

  private Decision<DedupState, DeduplicationResult> decide(
      List<BehaviorEvent> pending,
      Fingerprints standing,
      List<BehaviorEvent> due,
      Instant watermark) {
    List<DeduplicationResult> results = new ArrayList<>(due.size());
    Fingerprints fingerprints = standing;
    for (BehaviorEvent event : due) {
      long hash = ContentHash.number(event.eventId());
      long timeMillis = event.eventTime().toEpochMilli();
      long deviceMillis = event.deviceTime().toEpochMilli();
      if (fingerprints.stands(hash, timeMillis, deviceMillis, windowMillis, memoryMillis)) {
        results.add(new DeduplicationResult.Duplicate(event));
      } else {
        results.add(new DeduplicationResult.Unique(event));
        fingerprints = fingerprints.with(hash, timeMillis, deviceMillis);
      }
    }
    return decision(pending, fingerprints, results, watermark);
  }

  private Decision<DedupState, DeduplicationResult> decision(
      List<BehaviorEvent> pending,
      Fingerprints fingerprints,
      List<DeduplicationResult> results,
      Instant watermark) {
    Fingerprints remembered = fingerprints.after(forgottenUpTo(watermark));
    int overflowed = Math.max(0, remembered.size() - Fingerprints.MAX);
    if (overflowed > 0) {
      results.add(new DeduplicationResult.Forgotten(overflowed));
    }
    DedupState next = new DedupState(List.copyOf(pending), remembered.withoutFirst(overflowed));
    return new Decision<>(next.isEmpty() ? null : next, results, nextTimer(next));
  }

  /**
   * Events at or before this are forgotten. The first watermark lies further back than longs go.
   */
  private long forgottenUpTo(Instant watermark) {
    long watermarkMillis = watermark.toEpochMilli();
    return watermarkMillis < Long.MIN_VALUE + memoryMillis
        ? Long.MIN_VALUE
        : watermarkMillis - memoryMillis;
  }

  private Instant nextTimer(DedupState next) {
    if (!next.pending().isEmpty()) {
      return next.pending().get(0).eventTime();
    }
    if (next.standing().size() == 0) {
      return null;
    }
    // When all of it can be forgotten, rounded up to a day, so that the events of a day ask for
    // one and the same timer.
    long forgetMillis = next.standing().latestMillis() + memoryMillis;
    return Instant.ofEpochMilli(
        Math.floorDiv(forgetMillis + DAY_MILLIS - 1, DAY_MILLIS) * DAY_MILLIS);
  }

  private static List<BehaviorEvent> inserted(List<BehaviorEvent> pending, BehaviorEvent event) {
    int place = pending.size();
    while (place > 0 && ORDER.compare(pending.get(place - 1), event) > 0) {
      place--;
    }
    List<BehaviorEvent> longer = new ArrayList<>(pending.size() + 1);
    longer.addAll(pending.subList(0, place));
    longer.add(event);
    longer.addAll(pending.subList(place, pending.size()));
    return longer;
  }
}
