package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static io.customerpulse.domain.ingest.TestRecords.json;
import static io.customerpulse.domain.ingest.TestRecords.parsed;
import static io.customerpulse.domain.ingest.TestRecords.reader;
import static io.customerpulse.domain.ingest.TestRecords.refused;
import static io.customerpulse.domain.ingest.TestRecords.taken;
import static io.customerpulse.domain.ingest.TestRecords.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingEventReaderTest {
  private static final String CART =
      "{'event_id':'8f6c','type':'cart','tenant_id':'acme','app_id':'wx1234',"
          + "'event_time':'2024-03-01T10:00:00+08:00','seq':17,"
          + "'sent_at':'2024-03-01T10:00:02+08:00','received_at':'2024-03-01T10:00:03+08:00',"
          + "'openid':'oA','unionid':'uB','user_id':null,'anonymous_id':'d7','phone':null,"
          + "'session_id':'s1','platform':'wechat','scene':'1011',"
          + "'properties':{'action':'add','cart_id':'c9','lines':[{'sku_id':'K1',"
          + "'product_id':'P1','category_id':'C3','quantity':2,'unit_price_minor':1990}],"
          + "'currency':'CNY'}}";

  private static final String HEAD =
      "'app_id':'wx1','event_time':'2024-03-01T02:00:00Z','openid':'oA'";

  private final TrackingEventReader reader = reader();

  @Test
  void readsTheEventOfTheContract() {
    BehaviorEvent event = taken(parsed(reader, json(CART), at("2024-03-01T05:00:00Z")));

    assertThat(event)
        .isEqualTo(
            new BehaviorEvent(
                "8f6c",
                EventType.CART,
                "acme",
                "wx1234",
                CustomerKey.of("acme", new Identifier(IdentifierKind.UNIONID, "", "uB"))
                    .customerId(),
                at("2024-03-01T02:00:00Z"),
                at("2024-03-01T02:00:00Z"),
                17L,
                at("2024-03-01T02:00:02Z"),
                at("2024-03-01T02:00:03Z"),
                new Identifiers(null, "uB", null, "oA", "d7"),
                "s1",
                "wechat",
                "1011",
                new Payload.CartChange(
                    CartAction.ADD, "c9", List.of(new Line("K1", "P1", "C3", 2L, 1990L)), "CNY"),
                List.of(),
                Map.of(),
                TestRecords.ORIGIN));
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
        arguments(
            "'type':'click','properties':{'element_id':'buy','position':3,'page':'/p'}",
            new Payload.Click("buy", "/p", null, null, 3)),
        arguments(
            "'type':'browse'", new Payload.Browse(null, null, null, null, null, null, null, null)),
        arguments(
            "'type':'browse','properties':{'phase':'leave','dwell_ms':12.7,'product_id':'p'}",
            new Payload.Browse(null, "p", null, null, null, Payload.Phase.LEAVE, 12L, null)),
        arguments(
            "'type':'cart','properties':{'action':'add','lines':[{'sku_id':'K'}]}",
            new Payload.CartChange(
                CartAction.ADD, null, List.of(new Line("K", null, null, 1L, null)), null)),
        arguments(
            "'type':'cart','properties':{'action':'remove','lines':[{'sku_id':'K'}]}",
            new Payload.CartChange(
                CartAction.REMOVE, null, List.of(new Line("K", null, null, null, null)), null)),
        arguments(
            "'type':'cart','properties':{'action':'set','lines':[]}",
            new Payload.CartChange(CartAction.SET, null, List.of(), null)),
        arguments(
            "'type':'cart','properties':{'action':'replace'}",
            new Payload.CartChange(CartAction.REPLACE, null, List.of(), null)),
        arguments(
            "'type':'cart','properties':{'action':'replace','lines':[{'sku_id':'K'}]}",
            new Payload.CartChange(
                CartAction.REPLACE, null, List.of(new Line("K", null, null, 1L, null)), null)),
        arguments(
            "'type':'cart','properties':{'action':'clear'}",
            new Payload.CartChange(CartAction.CLEAR, null, List.of(), null)),
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':1990.0,"
                + "'currency':'cny'}",
            new Payload.Purchase("o", OrderStatus.PAID, 1990, "CNY", List.of(), null, null)),
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':0,'status':'created',"
                + "'lines':[{'sku_id':'K','quantity':3,'unit_price_minor':0}],'coupon_id':'x'}",
            new Payload.Purchase(
                "o",
                OrderStatus.CREATED,
                0,
                null,
                List.of(new Line("K", null, null, 3L, 0L)),
                null,
                "x")),
        arguments(
            "'type':'refund','properties':{'order_id':'o','refund_id':'r','amount_minor':5}",
            new Payload.Refund("o", "r", 5, false)),
        arguments("'type':'identify'", new Payload.Identify(true)),
        arguments(
            "'type':'identify','properties':{'authenticated':false}", new Payload.Identify(false)),
        arguments(
            "'type':'profile','properties':{'birthday':'02-29','zone':'Asia/Shanghai',"
                + "'marketing_consent':false,'city':'杭州','attributes':{'vip':true,'age':33,"
                + "'score':1.5,'name':'李','tags':['a',{'b':1}],'gone':null}}",
            new Payload.Profile(
                "02-29",
                "Asia/Shanghai",
                null,
                "杭州",
                false,
                Map.of(
                    "vip",
                    true,
                    "age",
                    33L,
                    "score",
                    1.5,
                    "name",
                    "李",
                    "tags",
                    "[\"a\",{\"b\":1}]"))),
        arguments(
            "'type':'custom','properties':{'name':'share','attributes':{'big':1e400}}",
            new Payload.Custom("share", Map.of("big", "1E+400"))),
        arguments(
            "'type':'message','properties':{'trigger_id':'t','status':'opened'}",
            new Payload.Message("t", Payload.MessageStatus.OPENED, null)),
        arguments("'type':'erase','properties':{'request_id':'q'}", new Payload.Erase("q")));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void readsTheProperties(String fields, Payload expected) {
    BehaviorEvent event = read('{' + HEAD + ',' + fields + '}');

    assertThat(event.payload()).isEqualTo(expected);
    assertThat(event.tenantId()).isEqualTo("default");
    assertThat(event.repairs()).isEmpty();
    assertThat(event.extras()).isEmpty();
  }

  static Stream<Arguments> refusals() {
    String click = "'type':'click','properties':{'element_id':'e'}";
    String open = HEAD + ",'type':";
    String cart = open + "'cart','properties':{'action':'add','lines':[";
    String purchase = open + "'purchase','properties':{'order_id':'o',";
    return Stream.of(
        arguments("", DeadLetterCode.NOT_JSON, "empty"),
        arguments("   ", DeadLetterCode.NOT_JSON, "empty"),
        arguments("abc", DeadLetterCode.NOT_JSON, "abc"),
        arguments("{'type':'click'", DeadLetterCode.NOT_JSON, "end-of-input"),
        arguments("{'type':'click'} {}", DeadLetterCode.NOT_JSON, "follows"),
        arguments("{'type':'click'} x", DeadLetterCode.NOT_JSON, "x"),
        arguments("{'type':NaN}", DeadLetterCode.NOT_JSON, "NaN"),
        arguments("{'seq':017}", DeadLetterCode.NOT_JSON, "Leading"),
        arguments("{'type':'a\tb'}", DeadLetterCode.NOT_JSON, "Illegal unquoted character"),
        arguments("{\0'type':'click'}", DeadLetterCode.NOT_JSON, "code 0"),
        arguments("\0\0\0\0", DeadLetterCode.NOT_JSON, "code 0"),
        arguments("[1]", DeadLetterCode.WRONG_SHAPE, "an array"),
        arguments("17", DeadLetterCode.WRONG_SHAPE, "a number"),
        arguments("null", DeadLetterCode.WRONG_SHAPE, "null"),
        arguments("[".repeat(33), DeadLetterCode.WRONG_SHAPE, "32 levels"),
        arguments("{'a':" + "[".repeat(100_000), DeadLetterCode.WRONG_SHAPE, "32 levels"),
        arguments("{'a':" + "9".repeat(101) + "}", DeadLetterCode.BAD_VALUE, "100 characters"),
        arguments("{'a':1E99999999999}", DeadLetterCode.BAD_VALUE, "exponent"),
        arguments("[".repeat(32) + "9".repeat(101), DeadLetterCode.BAD_VALUE, "100 characters"),
        arguments("{'a':100e2147483647}", DeadLetterCode.BAD_VALUE, "exponent"),
        arguments("{'a':1e-1001}", DeadLetterCode.BAD_VALUE, "exponent"),
        arguments(
            "{" + purchase + "'amount_minor':'100e2147483647'}}",
            DeadLetterCode.BAD_VALUE,
            "amount_minor: must be a number"),
        arguments(
            "{" + open + "'purchase','properties':{'order_id':'o\\ud83d','amount_minor':1}}",
            DeadLetterCode.BAD_VALUE,
            "order_id: a broken character"),
        arguments("{}", DeadLetterCode.MISSING_FIELD, "type"),
        arguments("{'type':5}", DeadLetterCode.WRONG_SHAPE, "type: must be text, is a number"),
        arguments("{'type':'klick'}", DeadLetterCode.UNKNOWN_TYPE, "browse, cart, click, custom"),
        arguments("{'type':'Click'}", DeadLetterCode.UNKNOWN_TYPE, "\"Click\""),
        arguments(
            "{'event_time':1709258400000,'openid':'o'," + click + "}",
            DeadLetterCode.MISSING_FIELD,
            "app_id"),
        arguments(
            "{'app_id':'','event_time':1709258400000,'openid':'o'," + click + "}",
            DeadLetterCode.MISSING_FIELD,
            "app_id"),
        arguments(
            "{'app_id':'a','openid':'o'," + click + "}",
            DeadLetterCode.MISSING_FIELD,
            "event_time"),
        arguments(timed("'2024-03-01T10:00:00'"), DeadLetterCode.BAD_VALUE, "with an offset"),
        arguments(timed("'2024-02-30T10:00:00Z'"), DeadLetterCode.BAD_VALUE, "with an offset"),
        arguments(timed("'yesterday'"), DeadLetterCode.BAD_VALUE, "yesterday"),
        arguments(timed("1e99"), DeadLetterCode.BAD_VALUE, "whole epoch milliseconds"),
        arguments(timed("[]"), DeadLetterCode.WRONG_SHAPE, "event_time"),
        arguments(
            timed("'1989-12-31T23:59:59.999Z'"),
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
            "1989-12-31"),
        arguments(
            timed("'+10000-01-01T00:00:00Z'"),
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
            "after the year 9999"),
        arguments(
            timed("999999999999999999"),
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
            "after the year 9999"),
        arguments(
            "{" + HEAD + ",'tenant_id':'" + "t".repeat(65) + "'," + click + "}",
            DeadLetterCode.BAD_VALUE,
            "at most 64"),
        arguments(
            "{'app_id':'a','event_time':1709258400000," + click + "}",
            DeadLetterCode.NO_IDENTIFIER,
            "anonymous_id"),
        arguments(
            "{'app_id':'a','event_time':1709258400000,'openid':'NULL','anonymous_id':'0000-00',"
                + click
                + "}",
            DeadLetterCode.NO_IDENTIFIER,
            "openid"),
        arguments(missing("click", ""), DeadLetterCode.MISSING_FIELD, "properties.element_id"),
        arguments(missing("cart", ""), DeadLetterCode.MISSING_FIELD, "properties.action"),
        arguments(
            missing("cart", "'action':'add'"), DeadLetterCode.MISSING_FIELD, "properties.lines"),
        arguments(
            missing("cart", "'action':'remove','lines':[]"),
            DeadLetterCode.MISSING_FIELD,
            "properties.lines"),
        arguments(
            missing("cart", "'action':'set','lines':[{}]"),
            DeadLetterCode.MISSING_FIELD,
            "properties.lines[0].sku_id"),
        arguments(missing("purchase", ""), DeadLetterCode.MISSING_FIELD, "properties.order_id"),
        arguments(
            missing("purchase", "'order_id':'o'"),
            DeadLetterCode.MISSING_FIELD,
            "properties.amount_minor"),
        arguments(missing("refund", ""), DeadLetterCode.MISSING_FIELD, "properties.order_id"),
        arguments(
            missing("refund", "'order_id':'o'"),
            DeadLetterCode.MISSING_FIELD,
            "properties.refund_id"),
        arguments(
            missing("refund", "'order_id':'o','refund_id':'r'"),
            DeadLetterCode.MISSING_FIELD,
            "properties.amount_minor"),
        arguments(missing("custom", ""), DeadLetterCode.MISSING_FIELD, "properties.name"),
        arguments(missing("message", ""), DeadLetterCode.MISSING_FIELD, "properties.trigger_id"),
        arguments(missing("erase", ""), DeadLetterCode.MISSING_FIELD, "properties.request_id"),
        arguments("{" + cart + "7]}}", DeadLetterCode.BAD_VALUE, "lines[0]: must be an object"),
        arguments(
            "{" + purchase + "'amount_minor':-1}}", DeadLetterCode.BAD_VALUE, "amount_minor: -1"),
        arguments(
            "{" + purchase + "'amount_minor':1000000000000001}}",
            DeadLetterCode.BAD_VALUE,
            "to 1000000000000000"),
        arguments(
            "{" + purchase + "'amount_minor':'19.90'}}",
            DeadLetterCode.BAD_VALUE,
            "amount_minor: 19.90 is not a whole number"),
        arguments(
            "{" + purchase + "'amount_minor':1,'status':'lost'}}",
            DeadLetterCode.BAD_VALUE,
            "closed, completed, created, paid"),
        arguments(
            "{" + purchase + "'amount_minor':1,'currency':'USD'}}",
            DeadLetterCode.WRONG_CURRENCY,
            "USD, but tenant \"default\" has CNY"),
        arguments(
            "{'tenant_id':'london'," + purchase + "'amount_minor':1,'currency':'CNY'}}",
            DeadLetterCode.WRONG_CURRENCY,
            "has GBP"),
        arguments(
            "{"
                + open
                + "'refund','properties':{'order_id':'o','refund_id':'r','amount_minor':1,"
                + "'currency':'USD'}}",
            DeadLetterCode.WRONG_CURRENCY,
            "USD"),
        arguments(
            "{" + HEAD + ",'type':'browse','properties':'none'}",
            DeadLetterCode.WRONG_SHAPE,
            "properties: must be an object, is a text"),
        arguments(
            "{" + HEAD + ",'type':'browse','properties':[1]}",
            DeadLetterCode.WRONG_SHAPE,
            "properties: must be an object, is an array"),
        arguments(
            "{" + HEAD + ",'tenant_id':{}," + click + "}",
            DeadLetterCode.WRONG_SHAPE,
            "tenant_id: must be text, is an object"),
        arguments(
            "{'app_id':'a','event_time':1709258400000,'openid':true," + click + "}",
            DeadLetterCode.NO_IDENTIFIER,
            "openid"),
        arguments(timed("'2024-03-01 10:00:00'"), DeadLetterCode.BAD_VALUE, "with an offset"),
        arguments(timed("'20240301100000'"), DeadLetterCode.BAD_VALUE, "with an offset"),
        arguments(timed("true"), DeadLetterCode.WRONG_SHAPE, "must be a time, is true or false"),
        arguments(timed("631151999"), DeadLetterCode.EVENT_TIME_OUT_OF_RANGE, "1970-01-08"),
        arguments(
            timed("253402300800"), DeadLetterCode.EVENT_TIME_OUT_OF_RANGE, "after the year 9999"),
        arguments(
            "{" + cart + "{'sku_id':''},{'sku_id':1.5}]}}",
            DeadLetterCode.MISSING_FIELD,
            "properties.lines[0].sku_id"),
        arguments(
            "{" + open + "'cart','properties':{'action':'add','lines':{'first':{}}}}",
            DeadLetterCode.BAD_VALUE,
            "properties.lines: must be an array, is an object"),
        arguments(
            "{" + purchase + "'amount_minor':0.5}}",
            DeadLetterCode.BAD_VALUE,
            "amount_minor: 0.5 is not a whole number"),
        arguments(
            "{" + purchase + "'amount_minor':1998.999998}}",
            DeadLetterCode.BAD_VALUE,
            "1998.999998 is not a whole number"),
        arguments(
            "{" + open + "'purchase','properties':{'order_id':1.5,'amount_minor':1}}",
            DeadLetterCode.BAD_VALUE,
            "properties.order_id: must be text, is a number"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithACodeAndTheReason(String record, DeadLetterCode code, String reason) {
    DeadLetter letter = refused(parsed(reader, json(record), null));

    assertThat(letter.code()).isEqualTo(code);
    assertThat(letter.message()).contains(reason).hasSizeLessThanOrEqualTo(500);
    assertThat(letter.raw()).isEqualTo(json(record));
    assertThat(letter.rawEncoding()).isNull();
    assertThat(letter.source()).isEqualTo("tracking-events-0");
    assertThat(letter.position()).isEqualTo(7);
  }

  @Test
  void anEventThatIsTurnedAwayAfterItsReadingIsKeptAsItsText() {
    String record =
        json("{'type':'browse'," + HEAD + ",'event_id':'e','phone':'138-0013-8000',")
            + json("'properties':{'page':'/p?t=13800138000','sku_id':'13900139000'}}");
    BehaviorEvent event = taken(parsed(reader, record, null));
    DeadLetter letter = DeadLetter.of(event, DeadLetterCode.ERASED, "why");

    String text =
        json(
            "{'event_id':'e','type':'browse','tenant_id':'default','app_id':'wx1',"
                + "'event_time':'2024-03-01T02:00:00Z','phone_hash':'"
                + event.identifiers().phoneHash()
                + "','openid':'oA','properties':{'page':'/p?t=***********',"
                + "'sku_id':'***********'}}");
    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                DeadLetterCode.ERASED,
                "why",
                text,
                RawForm.EVENT,
                null,
                text.length(),
                letter.rawSha256(),
                "tracking-events-0",
                7));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(letter.rawSha256())
        .isEqualTo(
            DeadLetter.of(TestRecords.ORIGIN, bytes, DeadLetterCode.ERASED, "why").rawSha256());
  }

  @Test
  void refusesWhatIsTooLargeUnread() {
    byte[] raw = new byte[5 << 20];
    DeadLetter letter = refused(reader.read(new Origin("f", 1), raw, null));

    assertThat(letter.code()).isEqualTo(DeadLetterCode.TOO_LARGE);
    assertThat(letter.message()).contains("5242880").contains("1048576");
    assertThat(letter.rawLength()).isEqualTo(5 << 20);
    assertThat(letter.raw()).hasSize(64 << 10);
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] raw = json("{'type':'clicÿ'}").getBytes(StandardCharsets.ISO_8859_1);
    DeadLetter letter = refused(reader.read(new Origin("f", 1), raw, null));

    assertThat(letter.code()).isEqualTo(DeadLetterCode.INVALID_UTF8);
    assertThat(letter.message()).contains("Byte 14");
    assertThat(letter.rawEncoding()).isEqualTo("base64");
  }

  @Test
  void refusesARecordWithoutAValue() {
    assertThat(refused(reader.read(new Origin("t-0", 1), null, null)).code())
        .isEqualTo(DeadLetterCode.NOT_JSON);
  }

  @Test
  void goesOnAfterARefusal() {
    refused(reader.read(new Origin("f", 1), new byte[] {(byte) 0xC3}, null));
    taken(parsed(reader, json(CART), null));
  }

  @Test
  void skipsAByteOrderMark() {
    taken(parsed(reader, '\uFEFF' + json(CART), null));
  }

  @ParameterizedTest
  @CsvSource({
    // A skew of a minute is tolerated.
    "2024-03-01T10:00:00Z, 2024-03-01T10:00:00Z, 2024-03-01T10:01:00Z, 2024-03-01T10:00:00Z, ''",
    // Beyond it, the event moves with the clock.
    "2024-03-01T10:00:00Z, 2024-03-01T10:00:10Z, 2024-03-01T10:01:11Z, 2024-03-01T10:01:01Z,"
        + " skew_corrected",
    "2031-01-01T00:00:00Z, 2031-01-01T00:00:10Z, 2024-03-01T10:00:10Z, 2024-03-01T10:00:00Z,"
        + " skew_corrected",
    "1970-01-01T00:00:05Z, 1970-01-01T00:00:06Z, 2024-03-01T10:00:01Z, 2024-03-01T10:00:00Z,"
        + " skew_corrected",
    // A day between event and sending is the most that one clock explains.
    "2024-02-29T10:00:00Z, 2024-03-01T10:00:00Z, 2024-03-01T10:02:00Z, 2024-02-29T10:02:00Z,"
        + " skew_corrected",
    "2024-02-29T09:59:59.999Z, 2024-03-01T10:00:00Z, 2024-03-01T10:02:00Z,"
        + " 2024-02-29T09:59:59.999Z, ''",
    // Sent before it happened: two clocks, nothing to learn.
    "2024-03-01T10:00:01Z, 2024-03-01T10:00:00Z, 2024-03-01T10:02:00Z, 2024-03-01T10:00:01Z, ''",
    // The future: five minutes are taken as they are.
    "2024-03-01T10:05:00Z, , 2024-03-01T10:00:00Z, 2024-03-01T10:05:00Z, ''",
    "2024-03-01T10:05:00.001Z, , 2024-03-01T10:00:00Z, 2024-03-01T10:00:00Z, future_clamped",
    // Nobody knows when it was received.
    "2031-01-01T00:00:00Z, 2031-01-01T00:00:10Z, , 2031-01-01T00:00:00Z, ''",
  })
  void correctsTheDevicesClock(
      String device, String sent, Instant received, Instant expected, String repair) {
    String sentAt = sent == null ? "" : ",'sent_at':'" + sent + "'";
    String record =
        "{'type':'browse','app_id':'a','openid':'o','event_time':'" + device + "'" + sentAt + "}";
    BehaviorEvent event = taken(parsed(reader, json(record), received));

    assertThat(event.eventTime()).isEqualTo(expected);
    assertThat(event.deviceTime()).isEqualTo(at(device));
    assertThat(event.receivedAt()).isEqualTo(received);
    assertThat(event.repairs()).isEqualTo(repair.isEmpty() ? List.of() : List.of(repair));
  }

  @Test
  void believesReceivedAtBeforeTheRecordsTimestamp() {
    BehaviorEvent event =
        taken(
            parsed(
                reader,
                json("{'type':'browse'," + HEAD + ",'received_at':1709258405000.0}"),
                at("2024-03-05T00:00:00Z")));
    assertThat(event.receivedAt()).isEqualTo(at("2024-03-01T02:00:05Z"));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0", "1800001, 1800000", "1e300, 1800000", "-1e300, 0", "99999999999, 1800000"})
  void cutsDwellTimes(String sent, long expected) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','properties':{'dwell_ms':" + sent + "}}");

    assertThat(((Payload.Browse) event.payload()).dwellMillis()).isEqualTo(expected);
    assertThat(event.repairs()).containsExactly("dwell_cut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "Undefined",
        "0",
        "nan",
        "UNKNOWN ",
        "000",
        "０００",
        "00000000-0000-0000-0000-000000000000",
        "00:00:00:00:00:00",
        "Guest",
        "true",
        "\\u00a0null\\u3000",
        "\\ufeff0",
        "\\u0022null\\u0022",
        " \\u0022 Undefined\\u0022",
        "\\u0027guest\\u0027",
        "\\u0022\\u0027null\\u0027\\u0022",
        "\\u0022\\u0022"
      })
  void dropsIdentifiersThatStandForNobody(String junk) {
    BehaviorEvent event = read("{" + HEAD + ",'type':'browse','user_id':'" + junk + "'}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers(null, null, null, "oA", null));
    assertThat(event.repairs()).containsExactly("junk_identifier_dropped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'  '", "null"})
  void whatIsBlankIsNotSent(String blank) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','user_id':" + blank + ",'phone':" + blank + "}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers(null, null, null, "oA", null));
    assertThat(event.repairs()).isEmpty();
  }

  @Test
  void replacesHalfCharactersThatACutHasLeft() {
    BehaviorEvent event =
        read(
            "{"
                + HEAD
                + ",'type':'browse','user_id':'u\\udc00',"
                + "'properties':{'page':'/p?t=\\ud83d','note\\ud83d':['\\ud83d\\ude00','\\ude00']}}");

    assertThat(((Payload.Browse) event.payload()).page()).isEqualTo("/p?t=\ufffd");
    assertThat(event.identifiers().userId()).isNull();
    assertThat(event.extras())
        .isEqualTo(Map.of("user_id", "\"u\ufffd\"", "note\ufffd", "[\"😀\",\"\ufffd\"]"));
    assertThat(event.repairs()).containsExactly("text_repaired", "property_dropped");
  }

  @Test
  void notesAPurchaseLineWithoutAPriceOnce() {
    BehaviorEvent event =
        read(
            "{"
                + HEAD
                + ",'type':'purchase','properties':{'order_id':'o','amount_minor':1,"
                + "'lines':[{'sku_id':'a'},{'sku_id':'b'}]}}");
    assertThat(event.repairs()).containsExactly("price_missing");
  }

  @Test
  void keepsUnknownFieldsAsJson() {
    BehaviorEvent event =
        read(
            "{"
                + HEAD
                + ",'type':'cart','sdk':{'v':2},'properties':{'action':'add','page':'/x',"
                + "'lines':[{'sku_id':'a','colour':'red'}],'n':1.50}}");
    assertThat(event.extras())
        .isEqualTo(
            Map.of(
                "sdk", "{\"v\":2}", "page", "\"/x\"", "lines[0].colour", "\"red\"", "n", "1.50"));
    assertThat(event.repairs()).isEmpty();
  }

  @Test
  void keepsNoMoreUnknownFieldsThanTheLimit() {
    BehaviorEvent event = read("{" + HEAD + ",'type':'browse','properties':{" + names(51) + "}}");

    assertThat(event.extras()).hasSize(50);
    assertThat(event.repairs()).containsExactly("extras_cut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "8613800138000"})
  void hashesPhonesInEveryForm(String phone) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','event_id':'e','phone':'" + phone + "'}");

    assertThat(event.identifiers().phoneHash())
        .isEqualTo(new PhoneHasher(TestRecords.PHONE_KEY).hash("+8613800138000"))
        .matches("[0-9a-f]{64}");
    assertThat(texts(event))
        .noneMatch(text -> text.contains("13800138000") || text.contains(phone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "0", "null"})
  void dropsWhatIsNoTextAndStandsForNobody(String junk) {
    BehaviorEvent event = read("{" + HEAD + ",'type':'browse','user_id':" + junk + "}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers(null, null, null, "oA", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'123'",
        "'no phone'",
        "'+999 1'",
        "'99999999999999999999999'",
        "'138****8000'",
        "'13800138000 ext 5'",
        "'11111111111111111111111111111111111111111111111111111111111111111111111111111111'",
        "'138\\u0000013800'",
        "true",
        "[]",
        "{'number':'13800138000'}",
        "1.38001380005"
      })
  void dropsWhatIsNoPhoneWithoutShowingIt(String phone) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','event_id':'e','phone':" + phone + "}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers(null, null, null, "oA", null));
    assertThat(event.repairs()).containsExactly("junk_identifier_dropped");
    assertThat(event.extras()).isEmpty();
  }

  @Test
  void refusesAnEventOfWhichAMaskedPhoneIsAllThatSaysWho() {
    String record =
        json("{'app_id':'a','event_time':1709258400000,'type':'browse','phone':'138****8000'}");
    DeadLetter letter = refused(parsed(reader, record, null));

    assertThat(letter.code()).isEqualTo(DeadLetterCode.NO_IDENTIFIER);
    assertThat(texts(letter)).noneMatch(text -> text.contains("138*"));
  }

  @Test
  void asksForNoKeyWhereThePhoneIsNone() {
    String record = json("{" + HEAD + ",'type':'browse','phone':'138****8000'}");

    assertThat(taken(parsed(TestRecords.readerWithoutKey(), record, null)).repairs())
        .containsExactly("junk_identifier_dropped");
  }

  @Test
  void takesAPhoneHashInItsPlace() {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','phone_hash':'" + "aB".repeat(32) + "'}");
    assertThat(event.identifiers().phoneHash()).isEqualTo("ab".repeat(32));
  }

  @Test
  void dropsAPhoneHashThatIsNone() {
    BehaviorEvent event = read("{" + HEAD + ",'type':'browse','phone_hash':'138****8000'}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers(null, null, null, "oA", null));
    assertThat(event.repairs()).containsExactly("junk_identifier_dropped");
  }

  @Test
  void namesTheVariableWhereAPhoneComesAndNoKeyIsSet() {
    String record = json("{" + HEAD + ",'type':'browse','phone':'13800138000'}");
    DeadLetter letter = refused(parsed(TestRecords.readerWithoutKey(), record, null));

    assertThat(letter.code()).isEqualTo(DeadLetterCode.BAD_VALUE);
    assertThat(letter.message()).contains("CUSTOMER_PULSE_PII_KEY");
    assertThat(texts(letter)).noneMatch(text -> text.contains("13800138000"));
  }

  @Test
  void masksPhonesThatStandWhereNoneBelongs() {
    BehaviorEvent event =
        read(
            "{"
                + HEAD
                + ",'type':'custom','mobile':'13800138000','properties':{'name':'call 13800138000',"
                + "'phone':'0571-88888888','about':{'13800138000':[13800138000]},"
                + "'attributes':{'tel':13800138000,'userPhone':'88888888',"
                + "'contact':{'手机':'88888888'}}}}");

    assertThat(texts(event))
        .noneMatch(text -> text.contains("13800138000") || text.contains("88888888"));
    assertThat(event.repairs()).containsExactly("phone_masked");
    assertThat(((Payload.Custom) event.payload()).name()).isEqualTo("call ***********");
    assertThat(event.extras())
        .containsEntry("about", "{\"***********\":[\"***********\"]}")
        .containsEntry("mobile", "\"***\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'phone':tel13800138000}",
        "{'type':'x13800138000'",
        "{'phone':'13800138000','type':'x                                                  13800138000 and so on'}",
        "{'type':'browse','app_id':'a','event_time':'tel 13800138000','phone':'0571-88888888'}"
      })
  void showsNoPhoneInTheMessageOfADeadLetter(String record) {
    String message = refused(parsed(reader, json(record), null)).message();

    assertThat(message).isNotEmpty().doesNotContain("1380013").doesNotContain("88888888");
  }

  @Test
  void leavesIdsNumbersAndOtherAttributesAsTheyWereSent() {
    Payload.Custom custom =
        (Payload.Custom)
            read("{"
                    + HEAD
                    + ",'type':'custom','properties':{'name':'n','lat':30.13912345678,"
                    + "'attributes':{'card_no':'18800012345','points':13900000001,"
                    + "'note':'call 13800138000','phone_model':'iPhone 15','mobile':true,"
                    + "'hotel':'13800138000','telegram_id':'13800138000'}}}")
                .payload();

    assertThat(custom.attributes())
        .isEqualTo(
            Map.of(
                "card_no", "18800012345",
                "points", 13900000001L,
                "note", "call 13800138000",
                "phone_model", "iPhone 15",
                "mobile", true,
                "hotel", "13800138000",
                "telegram_id", "13800138000"));
    Payload.Browse browse =
        (Payload.Browse)
            read("{" + HEAD + ",'type':'browse','properties':{'product_id':'15800000001'}}")
                .payload();
    assertThat(browse.productId()).isEqualTo("15800000001");
  }

  @Test
  void twoOrdersWithoutAnEventIdAreTwoAlsoWhereTheirNumbersLookLikePhones() {
    String order =
        "{" + HEAD + ",'type':'purchase','properties':{'order_id':'19050600017','amount_minor':1}}";

    assertThat(read(order).eventId()).isNotEqualTo(read(order.replace("017", "018")).eventId());
  }

  @Test
  void countsTheCharactersOfAnIdAsAPersonDoes() {
    String emoji = "😀".repeat(256);

    assertThat(read("{" + HEAD + ",'type':'browse','user_id':' " + emoji + "'}").identifiers())
        .extracting(Identifiers::userId)
        .isEqualTo(emoji);
    BehaviorEvent tooLong = read("{" + HEAD + ",'type':'browse','user_id':'" + emoji + "😀'}");
    assertThat(tooLong.identifiers().userId()).isNull();
    assertThat(tooLong.repairs()).containsExactly("property_dropped");
    assertThat(tooLong.extras()).containsEntry("user_id", '"' + emoji + "😀\"");
  }

  @Test
  void keepsTheCaseOfIdsAndWhatIsWithinThem() {
    String joined = "👨\u200d👩\u200d👧";
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'browse','user_id':'\\tM 9\\n','unionid':'" + joined + "'}");

    assertThat(event.identifiers()).isEqualTo(new Identifiers("M 9", joined, null, "oA", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-00-00", "1970-01-01", " 1970-01-01 "})
  void dropsBirthdaysThatSoftwareFillsIn(String birthday) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'profile','properties':{'birthday':'" + birthday + "'}}");

    assertThat(((Payload.Profile) event.payload()).birthday()).isNull();
    assertThat(event.repairs()).containsExactly("junk_birthday_dropped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-01", "1971-01-01", "1970-01-02"})
  void keepsOtherBirthdays(String birthday) {
    BehaviorEvent event =
        read("{" + HEAD + ",'type':'profile','properties':{'birthday':'" + birthday + "'}}");

    assertThat(((Payload.Profile) event.payload()).birthday()).isEqualTo(birthday);
    assertThat(event.repairs()).isEmpty();
  }

  @Test
  void givesAnEventWithoutAnIdTheSameOneWhenItIsSentAgain() {
    String first =
        "{'type':'custom','app_id':'a','event_time':1709258400000,'openid':'o','seq':1,"
            + "'sent_at':1709258400000,'properties':{'name':'n','attributes':{'x':1,'y':[1]}}}";
    String again =
        "{'event_time':1709258400000,'type':'custom','properties':{'attributes':{'y':[1],'x':1},"
            + "'name':'n'},'app_id':'a','openid':'o','seq':2,'sent_at':1709258460000,"
            + "'event_id':null,'received_at':1709258460000}";
    String other = first.replace("'x':1", "'x':2");

    assertThat(read(first).eventId()).isEqualTo(read(again).eventId()).hasSize(32);
    assertThat(read(first).eventId()).isNotEqualTo(read(other).eventId());
    assertThat(read(first.replace("'custom'", "'profile'")).eventId())
        .isNotEqualTo(read(first).eventId());
  }

  private BehaviorEvent read(String record) {
    return taken(parsed(reader, json(record), null));
  }

  private static String timed(String time) {
    return "{'type':'browse','app_id':'a','openid':'o','event_time':" + time + "}";
  }

  private static String missing(String type, String properties) {
    return "{" + HEAD + ",'type':'" + type + "','properties':{" + properties + "}}";
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder("'n0':0");
    for (int i = 1; i < count; i++) {
      names.append(",'n").append(i).append("':").append(i);
    }
    return names.toString();
  }
}
