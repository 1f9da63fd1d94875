package io.customerpulse.domain.event;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A clean event of one customer. All instants have millisecond precision.
 *
 * @param eventTime device time, corrected for the device's skew: the time that counts
 * @param deviceTime the time as the device sent it
 * @param seq the device's own counter, null where it has none
 * @param receivedAt null only in replay, where neither record nor event says it
 * @param repairs what was mended on the way in, in the order of mending
 * @param extras properties the contract doesn't know: name → JSON text
 * @param origin null once the event is settled
 */
public record BehaviorEvent(
    String eventId,
    EventType type,
    String tenantId,
    String appId,
    String customerId,
    Instant eventTime,
    Instant deviceTime,
    Long seq,
    Instant sentAt,
    Instant receivedAt,
    Identifiers identifiers,
    String sessionId,
    String platform,
    String scene,
    Payload payload,
    List<String> repairs,
    Map<String, String> extras,
    Origin origin) {

  private static final Comparator<BehaviorEvent> AT_ONE_TIME =
      Comparator.comparingLong(BehaviorEvent::seqOrZero)
          .thenComparing(BehaviorEvent::type)
          .thenComparing(BehaviorEvent::eventId);

  /** The order in which the events of one customer apply. */
  public static final Comparator<BehaviorEvent> APPLICATION_ORDER =
      (one, other) -> {
        int byTime = one.eventTime.compareTo(other.eventTime);
        return byTime == 0 ? AT_ONE_TIME.compare(one, other) : byTime;
      };

  public CustomerKey customer() {
    return new CustomerKey(tenantId, customerId);
  }

  private long seqOrZero() {
    return seq == null ? 0 : seq;
  }
}
