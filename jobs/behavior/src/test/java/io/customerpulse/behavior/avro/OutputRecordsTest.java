package io.customerpulse.behavior.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.deadletter.RawForm;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import io.customerpulse.schemas.CustomerRedirectRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Domain → topic record → JSON line: what stands here is what every consumer sees. */
class OutputRecordsTest {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final Instant NOW = Instant.parse("2024-03-02T00:00:00.5Z");
  private static final KnownIdentifiers IDENTIFIERS =
      new KnownIdentifiers(
          List.of(
              new Identifier(IdentifierKind.ANONYMOUS_ID, "", "a1"),
              new Identifier(IdentifierKind.OPENID, "wx2", "o2"),
              new Identifier(IdentifierKind.OPENID, "wx1", "o1"),
              new Identifier(IdentifierKind.OPENID, "wx1", "o3"),
              new Identifier(IdentifierKind.UNIONID, "", "u1"),
              new Identifier(IdentifierKind.PHONE_HASH, "", "ph1"),
              new Identifier(IdentifierKind.USER_ID, "", "m1")));
  private static final Line LINE = new Line("K1", "P1", null, 2L, 1990L);

  private final OutputRecords records = new OutputRecords();
  private final JsonRendering rendering = new JsonRendering();

  @Test
  void acceptedEvent() {
    BehaviorEvent event =
        event(new Payload.CartChange(Payload.CartAction.ADD, "c9", List.of(LINE), "CNY"), null);
    TopicRecord record = record(new Effect.EventAccepted(event));
    assertPlace(record, Topic.BEHAVIOR_EVENTS, "acme:c1", AT);
    assertThat(line(record))
        .isEqualTo(
            """
            {"event_id":"8f6c","type":"cart","tenant_id":"acme","app_id":"wx1","customer_id":"c1",\
            "event_time":"2024-03-01T02:00:00Z","device_time":"2024-03-01T01:59:00.123Z","seq":17,\
            "sent_at":null,"received_at":"2024-03-01T02:00:00Z","openid":"oA","unionid":null,\
            "user_id":null,"anonymous_id":"d7","phone_hash":null,"session_id":"s1",\
            "platform":"wechat","scene":null,"properties":{"action":"add","cart_id":"c9",\
            "lines":[{"sku_id":"K1","product_id":"P1","category_id":null,"quantity":2,\
            "unit_price_minor":1990}],"currency":"CNY"},"repairs":["skew_corrected"],\
            "extras":{"a":[1,{"b":null}],"z":"x"}}\
            """);
  }

  @Test
  void rejectedEvent() {
    BehaviorEvent event = event(new Payload.Erase("r1"), new Origin("tracking-events-3", 42));
    TopicRecord record =
        records.deadLetter(
            DeadLetter.of(event, DeadLetterCode.RATE_LIMITED, "too many"), event.eventTime());
    assertPlace(record, Topic.DEAD_LETTERS, "tracking-events-3:42", AT);
    assertThat(line(record))
        .isEqualTo(
            """
            {"code":"rate_limited","message":"too many","raw":"{\\"event_id\\":\\"8f6c\\",\
            \\"type\\":\\"erase\\",\\"tenant_id\\":\\"acme\\",\\"app_id\\":\\"wx1\\",\
            \\"event_time\\":\\"2024-03-01T01:59:00.123Z\\",\\"seq\\":17,\
            \\"received_at\\":\\"2024-03-01T02:00:00Z\\",\\"openid\\":\\"oA\\",\
            \\"anonymous_id\\":\\"d7\\",\\"session_id\\":\\"s1\\",\\"platform\\":\\"wechat\\",\
            \\"properties\\":{\\"request_id\\":\\"r1\\"},\\"a\\":[1,{\\"b\\":null}],\\"z\\":\\"x\\"}",\
            "raw_form":"event","raw_encoding":null,"raw_length":286,\
            "raw_sha256":"f332c67623581e934e7ac9423990bd91828d0ef8135ec8343ac16a59c7691b38",\
            "source":"tracking-events-3","position":42}\
            """);
  }

  @Test
  void deadLetterOfBytesThatAreNoText() {
    DeadLetter letter =
        new DeadLetter(
            DeadLetterCode.INVALID_UTF8,
            "bad",
            "/w==",
            RawForm.RECORD,
            DeadLetter.BASE64,
            1,
            "a8100a",
            "f.jsonl",
            7);
    TopicRecord record = records.deadLetter(letter, AT);
    assertPlace(record, Topic.DEAD_LETTERS, "f.jsonl:7", AT);
    assertThat(line(record))
        .isEqualTo(
            """
            {"code":"invalid_utf8","message":"bad","raw":"/w==","raw_form":"record",\
            "raw_encoding":"base64","raw_length":1,"raw_sha256":"a8100a","source":"f.jsonl","position":7}\
            """);
  }

  @Test
  void profileOfABuyer() {
    CustomerProfile profile =
        profile(IDENTIFIERS, new Scores(5, 1, 2, "fixed"), Map.of("b", 1.5, "a", 3L, "c", true));
    TopicRecord record = record(new Effect.ProfileChanged(profile));
    assertPlace(record, Topic.CUSTOMER_PROFILES, "acme:c1", NOW);
    assertThat(line(record))
        .isEqualTo(
            """
            {"tenant_id":"acme","customer_id":"c1","identifiers":{"user_id":"m1","unionid":"u1",\
            "phone_hash":["ph1"],"openid":{"wx1":["o1","o3"],"wx2":["o2"]},"anonymous_id":["a1"]},\
            "first_seen_at":"2024-03-01T02:00:00Z","last_seen_at":"2024-03-02T00:00:00.500Z",\
            "first_order_at":null,"last_order_at":"2024-03-01T02:00:00Z","orders":1,\
            "net_spend_minor":1990,"orders_in_window":2,"net_spend_in_window_minor":3,\
            "unmatched_refunds_minor":4,"currency":"CNY","recency_days":0,"r_score":5,"f_score":1,\
            "m_score":2,"cuts_version":"fixed","segment":"new","segment_zh":"一般保持",\
            "stage":"AT_RISK","stage_since":"2024-03-01T02:00:00Z","probability_alive":0.25,\
            "expected_orders_90d":null,"cart_value_minor":5,"cart_lines":6,\
            "favourite_category":"C3","birthday":"02-29","zone":null,"level":"gold","city":null,\
            "marketing_consent":false,"attributes":{"a":3,"b":1.5,"c":true},\
            "as_of":"2024-03-02T00:00:00.500Z"}\
            """);
  }

  @Test
  void profileWithoutScoresAndIdentifiers() {
    CustomerProfile profile = profile(KnownIdentifiers.NONE, null, Map.of());
    assertThat(line(record(new Effect.ProfileChanged(profile))))
        .contains(
            "\"identifiers\":{},",
            "\"r_score\":null,\"f_score\":null,\"m_score\":null,\"cuts_version\":null,",
            "\"attributes\":{},");
  }

  @Test
  void removedProfileIsATombstone() {
    TopicRecord record = record(new Effect.ProfileRemoved(new CustomerKey("acme", "c1")));
    assertPlace(record, Topic.CUSTOMER_PROFILES, "acme:c1", NOW);
    assertThat(record.isTombstone()).isTrue();
  }

  @Test
  void transition() {
    TopicRecord record =
        record(
            new Effect.StageChanged(
                new StageTransition(
                    "acme", "c1", null, Stage.PROSPECT, AT, TransitionReason.FIRST_SEEN)));
    assertPlace(record, Topic.LIFECYCLE_TRANSITIONS, "acme:c1", AT);
    assertThat(line(record))
        .isEqualTo(
            """
            {"tenant_id":"acme","customer_id":"c1","from":null,"to":"PROSPECT",\
            "at":"2024-03-01T02:00:00Z","reason":"first_seen"}\
            """);
  }

  @Test
  void fire() {
    Evidence evidence =
        new Evidence(
            "wx1",
            "c9",
            3980L,
            List.of(LINE),
            null,
            null,
            12L,
            Stage.NEW,
            5,
            1,
            2,
            "fixed",
            "e1",
            null,
            null);
    TopicRecord record =
        record(new Effect.TriggerIssued(trigger(TriggerAction.FIRE, TriggerReason.DUE, evidence)));
    assertPlace(record, Topic.MARKETING_TRIGGERS, "acme:c1", NOW);
    assertThat(line(record))
        .isEqualTo(
            """
            {"trigger_id":"t1","action":"FIRE","rule_id":"cart-reminder","rule_version":3,\
            "kind":"cart_abandonment","tenant_id":"acme","customer_id":"c1",\
            "identifiers":{"user_id":"m1","unionid":"u1","phone_hash":["ph1"],\
            "openid":{"wx1":["o1","o3"],"wx2":["o2"]},"anonymous_id":["a1"]},"episode_id":"ep1",\
            "step":1,"due_at":"2024-03-01T02:00:00Z","fired_at":"2024-03-02T00:00:00.500Z",\
            "valid_until":"2024-03-01T14:00:00Z","variant":"treated","reason":"due",\
            "evidence":{"app_id":"wx1","cart_id":"c9","value_minor":3980,"lines":[{"sku_id":"K1",\
            "product_id":"P1","category_id":null,"quantity":2,"unit_price_minor":1990}],\
            "product_id":null,"views":null,"days_silent":12,"stage":"NEW","r_score":5,"f_score":1,\
            "m_score":2,"cuts_version":"fixed","opened_by":"e1","refreshed_by":null,"order_id":null}}\
            """);
  }

  @Test
  void cancel() {
    TopicRecord record =
        record(
            new Effect.TriggerIssued(trigger(TriggerAction.CANCEL, TriggerReason.PURCHASE, null)));
    assertPlace(record, Topic.MARKETING_TRIGGERS, "acme:c1", NOW);
    assertThat(line(record))
        .contains("\"action\":\"CANCEL\"", "\"reason\":\"purchase\",\"evidence\":null}");
  }

  @Test
  void conversion() {
    TopicRecord record =
        record(
            new Effect.OutcomeRecorded(
                new TriggerOutcome(
                    "t1",
                    "cart-reminder",
                    3,
                    "acme",
                    "c1",
                    1,
                    Outcome.CONVERTED,
                    TriggerReason.ORDER,
                    AT,
                    "o7",
                    1990L,
                    true,
                    MessageStatus.OPENED)));
    assertPlace(record, Topic.TRIGGER_OUTCOMES, "acme:c1", AT);
    assertThat(line(record))
        .isEqualTo(
            """
            {"trigger_id":"t1","rule_id":"cart-reminder","rule_version":3,"tenant_id":"acme",\
            "customer_id":"c1","step":1,"outcome":"CONVERTED","reason":"order",\
            "at":"2024-03-01T02:00:00Z","order_id":"o7","revenue_minor":1990,\
            "lift_converted":true,"message_status":"opened"}\
            """);
  }

  @Test
  void expiry() {
    TriggerOutcome outcome =
        new TriggerOutcome(
            "t1", "r", 1, "acme", "c1", 2, Outcome.EXPIRED, null, AT, null, null, null, null);
    assertThat(line(record(new Effect.OutcomeRecorded(outcome))))
        .contains(
            "\"outcome\":\"EXPIRED\",\"reason\":null,",
            "\"order_id\":null,\"revenue_minor\":null,\"lift_converted\":null,\"message_status\":null}");
  }

  @Test
  void noteIsOnlyCounted() {
    assertThat(records.of(new Effect.Noted(Effect.Note.LATE_EVENT), NOW)).isEmpty();
  }

  @Test
  void recordsThatNoDecisionTells() {
    assertThat(rendering.line(new CustomerRedirectRecord("acme", "old", "new", AT)))
        .isEqualTo(
            """
            {"tenant_id":"acme","old_customer_id":"old","new_customer_id":"new",\
            "at":"2024-03-01T02:00:00Z"}\
            """);
    RfmCutPointsRecord cuts =
        new RfmCutPointsRecord(
            "acme",
            "v1",
            AT,
            NOW,
            List.of(7, 30, 90, 180),
            List.of(2, 3, 5, 10),
            List.of(-1L, 0L, 1L, 2L));
    assertThat(rendering.line(cuts))
        .isEqualTo(
            """
            {"tenant_id":"acme","version":"v1","taken_at":"2024-03-01T02:00:00Z",\
            "effective_at":"2024-03-02T00:00:00.500Z","recency_days":[7,30,90,180],\
            "frequency":[2,3,5,10],"monetary_minor":[-1,0,1,2]}\
            """);
  }

  @Test
  void everyTopicOfRecordsHasAnEncoding() {
    Set<Topic> without = EnumSet.allOf(Topic.class);
    without.removeIf(topic -> TopicEncodings.of(topic).isPresent());
    assertThat(without).containsExactly(Topic.TRACKING_EVENTS, Topic.CUSTOMER_MOVES);
  }

  private TopicRecord record(Effect output) {
    return records.of(output, NOW).orElseThrow();
  }

  private String line(TopicRecord record) {
    return rendering.line(TopicEncodings.of(record.topic()).orElseThrow().decode(record.value()));
  }

  private static void assertPlace(TopicRecord record, Topic topic, String key, Instant time) {
    assertThat(record.topic()).isEqualTo(topic);
    assertThat(record.key()).isEqualTo(key);
    assertThat(record.timestampMillis()).isEqualTo(time.toEpochMilli());
  }

  private static BehaviorEvent event(Payload payload, Origin origin) {
    return new BehaviorEvent(
        "8f6c",
        payload instanceof Payload.Erase ? EventType.ERASE : EventType.CART,
        "acme",
        "wx1",
        "c1",
        AT,
        Instant.parse("2024-03-01T01:59:00.123Z"),
        17L,
        null,
        AT,
        new Identifiers(null, null, null, "oA", "d7"),
        "s1",
        "wechat",
        null,
        payload,
        List.of("skew_corrected"),
        Map.of("z", "\"x\"", "a", "[1,{\"b\":null}]"),
        origin);
  }

  private static CustomerProfile profile(
      KnownIdentifiers identifiers, Scores scores, Map<String, Object> attributes) {
    return new CustomerProfile(
        "acme",
        "c1",
        identifiers,
        AT,
        NOW,
        null,
        AT,
        1,
        1990,
        2,
        3,
        4,
        "CNY",
        0,
        scores,
        "new",
        "一般保持",
        Stage.AT_RISK,
        AT,
        0.25,
        null,
        5,
        6,
        "C3",
        "02-29",
        null,
        "gold",
        null,
        false,
        attributes,
        NOW);
  }

  private static Trigger trigger(TriggerAction action, TriggerReason reason, Evidence evidence) {
    return new Trigger(
        "t1",
        action,
        "cart-reminder",
        3,
        Kinds.CART_ABANDONMENT,
        "acme",
        "c1",
        IDENTIFIERS,
        "ep1",
        1,
        AT,
        NOW,
        Instant.parse("2024-03-01T14:00:00Z"),
        "treated",
        reason,
        evidence);
  }
}
