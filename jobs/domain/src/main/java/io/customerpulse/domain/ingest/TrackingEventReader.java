package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One tracking record → a clean event, or a dead letter that says what is wrong. Whatever the bytes
 * are, it doesn't throw. The first problem found decides the code, looked for in this order: size,
 * UTF-8, JSON, shape, type, required fields and values of the envelope, identifiers, event time,
 * properties. What isn't required makes no record fail: it is dropped, and noted.
 *
 * <p>The customer is that of the strongest identifier on the event itself. Not thread-safe.
 */
public final class TrackingEventReader {
  /** Records of more bytes are refused unread. */
  public static final int MAX_RECORD_BYTES = JsonRecord.MAX_BYTES;

  static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final String DEFAULT_TENANT = "default";
  private static final int MAX_TENANT = 64;
  private static final Map<String, EventType> TYPES = new TreeMap<>();

  static {
    for (EventType type : EventType.values()) {
      TYPES.put(type.wireName(), type);
    }
  }

  private static final byte[] NO_BYTES = {};

  private final JsonRecord json = new JsonRecord();
  private final EventClock clock;
  private final Optional<PhoneHasher> phoneHasher;
  private final IdentifierReader identifierReader;
  private final PayloadReader payloadReader;

  /**
   * A reader for the records of all tenants.
   *
   * @param phoneHasher empty where no key for phones is configured: events with a plain phone are
   *     then refused
   */
  public TrackingEventReader(Settings settings, Optional<PhoneHasher> phoneHasher) {
    clock = new EventClock(settings.time().maxFuture());
    this.phoneHasher = phoneHasher;
    identifierReader = new IdentifierReader(settings.identity(), phoneHasher);
    payloadReader = new PayloadReader(settings);
  }

  /**
   * Reads one record.
   *
   * @param origin where it was read
   * @param record not changed, and not kept beyond this call; null for one without a value, which
   *     is read as one of no bytes
   * @param recordTimestamp when the broker took the record: the time of reception where the record
   *     names none; null where nobody knows
   */
  public ParseResult read(Origin origin, byte[] record, Instant recordTimestamp) {
    byte[] raw = record == null ? NO_BYTES : record;
    try {
      return new ParseResult.Valid(event(origin, raw, recordTimestamp));
    } catch (Refusal e) {
      return new ParseResult.Invalid(DeadLetter.of(origin, raw, e.code(), e.getMessage()));
    }
  }

  private BehaviorEvent event(Origin origin, byte[] raw, Instant recordTimestamp) throws Refusal {
    Repairs repairs = new Repairs();
    ObjectNode record = json.parse(raw, repairs);
    Fields head = Fields.ofEnvelope(record, repairs, null);
    EventType type = type(head);
    String eventId = head.optional("event_id", head::id);
    ContentFingerprint content = eventId == null ? new ContentFingerprint(phoneHasher) : null;
    Fields envelope = Fields.ofEnvelope(record, repairs, content);
    String tenantId = tenant(envelope);
    String appId = envelope.requiredId("app_id");
    Instant deviceTime = envelope.required("event_time", envelope.time("event_time"));
    Long seq =
        envelope.optional("seq", name -> envelope.whole(name, 0, Long.MAX_VALUE, Rounding.NONE));
    Instant sentAt = plausible(envelope, "sent_at");
    Instant receivedAt = receivedAt(envelope, recordTimestamp);
    String sessionId = envelope.optional("session_id", envelope::id);
    String platform = envelope.optional("platform", envelope::id);
    String scene = envelope.optional("scene", envelope::id);

    Identifiers identifiers = identifiers(envelope, repairs);
    Instant eventTime = eventTime(deviceTime, sentAt, receivedAt, repairs);
    Extras extras = new Extras(repairs);
    Payload payload = payload(envelope, type, tenantId, eventTime, extras, repairs);
    extras.addRest("", envelope);
    return new BehaviorEvent(
        content == null ? eventId : content.eventId(type, identifiers.phoneHash()),
        type,
        tenantId,
        appId,
        CustomerKey.of(tenantId, identifiers.strongestFirst(appId).get(0)).customerId(),
        eventTime,
        deviceTime,
        seq,
        sentAt,
        receivedAt,
        identifiers,
        sessionId,
        platform,
        scene,
        payload,
        repairs.wireNames(),
        extras.asMap(),
        origin);
  }

  private static EventType type(Fields envelope) throws Refusal {
    String name = envelope.requiredText("type");
    EventType type = TYPES.get(name);
    if (type == null) {
      throw new Refusal(
          DeadLetterCode.UNKNOWN_TYPE,
          "type: "
              + FieldRefusals.quote(name)
              + " is none of "
              + String.join(", ", TYPES.keySet()));
    }
    return type;
  }

  private static String tenant(Fields envelope) throws Refusal {
    String tenantId = envelope.id("tenant_id");
    if (tenantId == null) {
      return DEFAULT_TENANT;
    }
    if (Characters.isLongerThan(tenantId, MAX_TENANT)) {
      throw envelope.bad(
          "tenant_id",
          Characters.count(tenantId) + " characters; at most " + MAX_TENANT + " are allowed");
    }
    return tenantId;
  }

  private static Instant receivedAt(Fields envelope, Instant recordTimestamp) {
    Instant receivedAt = plausible(envelope, "received_at");
    return receivedAt != null || recordTimestamp == null
        ? receivedAt
        : recordTimestamp.truncatedTo(ChronoUnit.MILLIS);
  }

  /** A clock that was never set shows 1970, which still tells how wrong it is. */
  private static Instant plausible(Fields envelope, String name) {
    return envelope.optional(
        name,
        of -> {
          Instant time = envelope.time(of);
          if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
            throw envelope.bad(of, "not within the years 1970 to 9999");
          }
          return time;
        });
  }

  private Identifiers identifiers(Fields envelope, Repairs repairs) throws Refusal {
    Identifiers identifiers = identifierReader.take(envelope, repairs);
    if (identifiers.isEmpty()) {
      throw new Refusal(
          DeadLetterCode.NO_IDENTIFIER,
          "None of user_id, unionid, phone, phone_hash, openid, anonymous_id stands for anybody");
    }
    return identifiers;
  }

  private Instant eventTime(Instant deviceTime, Instant sentAt, Instant receivedAt, Repairs repairs)
      throws Refusal {
    if (deviceTime.isAfter(LATEST)) {
      throw outOfRange("after the year 9999");
    }
    Instant eventTime = clock.eventTime(deviceTime, sentAt, receivedAt, repairs);
    if (eventTime.isBefore(EARLIEST)) {
      throw outOfRange(eventTime + " is before " + EARLIEST);
    }
    if (eventTime.isAfter(LATEST)) {
      throw outOfRange("after the year 9999");
    }
    return eventTime;
  }

  private static Refusal outOfRange(String problem) {
    return new Refusal(DeadLetterCode.EVENT_TIME_OUT_OF_RANGE, "event_time: " + problem);
  }

  private Payload payload(
      Fields envelope,
      EventType type,
      String tenantId,
      Instant eventTime,
      Extras extras,
      Repairs repairs)
      throws Refusal {
    ObjectNode node = envelope.object("properties");
    Fields properties =
        envelope.within("properties", node == null ? JsonNodeFactory.instance.objectNode() : node);
    Payload payload = payloadReader.take(type, properties, tenantId, eventTime, extras, repairs);
    extras.addRest("", properties);
    return payload;
  }
}
