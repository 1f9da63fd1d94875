package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.schemas.BehaviorEventRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of topic behavior-events and the events they stand for. */
public final class BehaviorEvents {
  private static final Map<String, EventType> TYPES = new HashMap<>();

  static {
    for (EventType type : EventType.values()) {
      TYPES.put(type.wireName(), type);
    }
  }

  private BehaviorEvents() {}

  /** The record of an event. Where the event was read is no part of it. */
  public static BehaviorEventRecord toAvro(BehaviorEvent event) {
    Identifiers identifiers = event.identifiers();
    return new BehaviorEventRecord(
        event.eventId(),
        event.type().wireName(),
        event.tenantId(),
        event.appId(),
        event.customerId(),
        event.eventTime(),
        event.deviceTime(),
        event.seq(),
        event.sentAt(),
        event.receivedAt(),
        identifiers.openid(),
        identifiers.unionid(),
        identifiers.userId(),
        identifiers.anonymousId(),
        identifiers.phoneHash(),
        event.sessionId(),
        event.platform(),
        event.scene(),
        EventProperties.toAvro(event.type(), event.payload()),
        event.repairs(),
        EventProperties.sorted(event.extras()));
  }

  /**
   * The event of a record, without an origin.
   *
   * @throws IllegalArgumentException if only a newer release knows its type, or a value in it
   */
  public static BehaviorEvent fromAvro(BehaviorEventRecord event) {
    EventType type = TYPES.get(event.getType());
    if (type == null) {
      throw new IllegalArgumentException(
          "Event " + event.getEventId() + " has the unknown type " + event.getType());
    }
    return new BehaviorEvent(
        event.getEventId(),
        type,
        event.getTenantId(),
        event.getAppId(),
        event.getCustomerId(),
        event.getEventTime(),
        event.getDeviceTime(),
        event.getSeq(),
        event.getSentAt(),
        event.getReceivedAt(),
        new Identifiers(
            event.getUserId(),
            event.getUnionid(),
            event.getPhoneHash(),
            event.getOpenid(),
            event.getAnonymousId()),
        event.getSessionId(),
        event.getPlatform(),
        event.getScene(),
        EventProperties.fromAvro(type, event.getProperties()),
        List.copyOf(event.getRepairs()),
        event.getExtras(),
        null);
  }
}
