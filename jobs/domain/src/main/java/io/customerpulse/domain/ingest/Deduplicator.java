package io.customerpulse.domain.ingest;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventJson;
import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.domain.event.Identifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which events are duplicates: of one tenant, one event id and one weakest identifier, with
 * times by the device's clock less than a window apart. The first by {@link #ORDER} stands.
 *
 * <p>The device's time is the same in every copy, while the event time is not: a phone that sends
 * again what it stamped with a time of sending before shows a skew that it doesn't have.
 *
 * <p>"The first" must not depend on which copy arrives first, so an event is asked about when the
 * watermark has reached its event time: then every copy with an earlier one has come, and has been
 * decided before it, however far apart their event times are. What comes later still is decided at
 * once against the copies that stand, before or after it. An id is remembered for the {@link
 * #memory()} after the event time at which it stands, so that a phone that sends again days later
 * is still found out.
 */
public final class Deduplicator {
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

  /** The key under which copies of an event meet: its tenant and its weakest identifier. */
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
   * What copies of an event have in common.
   *
   * @param key of the event, as of {@link #key}
   */
  public static Fingerprint fingerprint(String key, BehaviorEvent event) {
    return ContentHash.fingerprint(key, event.eventId());
  }

  /** How long an accepted event is remembered. */
  public Duration memory() {
    return Duration.ofMillis(memoryMillis);
  }

  /**
   * Decides about one event.
   *
   * @param standing the events of its fingerprint that were accepted
   * @param timeMillis event time in epoch milliseconds
   * @param deviceTimeMillis the device's time, likewise
   * @return those with this one; null where it is a duplicate
   */
  public StandingCopies accept(StandingCopies standing, long timeMillis, long deviceTimeMillis) {
    return standing.include(timeMillis, deviceTimeMillis, windowMillis, memoryMillis)
        ? null
        : standing.with(timeMillis, deviceTimeMillis);
  }
}
