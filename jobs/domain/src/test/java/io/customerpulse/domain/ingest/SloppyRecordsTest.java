package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static io.customerpulse.domain.ingest.TestRecords.json;
import static io.customerpulse.domain.ingest.TestRecords.parsed;
import static io.customerpulse.domain.ingest.TestRecords.reader;
import static io.customerpulse.domain.ingest.TestRecords.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What senders send that isn't quite what the contract says, and what it is taken for. */
class SloppyRecordsTest {
  private static final String HEAD =
      "'app_id':'wx1','event_time':'2024-03-01T02:00:00Z','openid':'oA'";

  private final TrackingEventReader reader = reader();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // Seconds, from 1990 to 9999; with a fraction, too.
        "631152000, 1990-01-01T00:00:00Z, time_repaired",
        "1709258400, 2024-03-01T02:00:00Z, time_repaired",
        "1709258400.25, 2024-03-01T02:00:00.250Z, time_repaired",
        "253402300799, 9999-12-31T23:59:59Z, time_repaired",
        // Milliseconds, the number of the contract.
        "631152000000, 1990-01-01T00:00:00Z, ",
        "1709258400000, 2024-03-01T02:00:00Z, ",
        "1709258400000.0, 2024-03-01T02:00:00Z, ",
        "1.7092584E12, 2024-03-01T02:00:00Z, ",
        "1709258400000.75, 2024-03-01T02:00:00Z, time_repaired",
        "253402300799999, 9999-12-31T23:59:59.999Z, ",
        // Microseconds.
        "631152000000000, 1990-01-01T00:00:00Z, time_repaired",
        "1709258400123999, 2024-03-01T02:00:00.123Z, time_repaired",
        "253402300799999999, 9999-12-31T23:59:59.999Z, time_repaired",
        // Digits as text.
        "'1709258400', 2024-03-01T02:00:00Z, time_repaired",
        "' 1709258400000 ', 2024-03-01T02:00:00Z, time_repaired",
        "'1709258400.5', 2024-03-01T02:00:00.500Z, time_repaired",
        // ISO-8601 with an offset, and what is near it.
        "'2024-03-01T10:00:00+08:00', 2024-03-01T02:00:00Z, ",
        "' 2024-03-01T10:00:00.5+08:00', 2024-03-01T02:00:00.500Z, ",
        "'2024-03-01T10:00+08:00', 2024-03-01T02:00:00Z, time_repaired",
        "'2024-03-01 10:00:00+08:00', 2024-03-01T02:00:00Z, time_repaired",
        "'2024-03-01T10:00:00+0800', 2024-03-01T02:00:00Z, time_repaired",
        "'2024-03-01 10:00 +08', 2024-03-01T02:00:00Z, time_repaired",
      })
  void readsTimesByTheirForm(String sent, Instant expected, String repair) {
    BehaviorEvent event =
        read("{'type':'browse','app_id':'a','openid':'o','event_time':" + sent + "}");

    assertThat(event.eventTime()).isEqualTo(expected);
    assertThat(event.deviceTime()).isEqualTo(expected);
    assertThat(event.repairs()).isEqualTo(repair == null ? List.of() : List.of(repair));

    BehaviorEvent skewless =
        read("{'type':'browse'," + HEAD + ",'sent_at':" + sent + ",'received_at':" + sent + "}");
    assertThat(skewless.sentAt()).isEqualTo(expected);
    assertThat(skewless.receivedAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // What is left of a second never makes a skew of a minute.
    "1709258400123, 1709258400, 2024-03-01T02:01:00.900Z, time_repaired",
    "1709258400123, 1709258400, 2024-03-01T02:01:01.100Z, time_repaired skew_corrected",
    // Nor does it make an event later than its sending.
    "1924992000900, 1924992000, 2024-03-01T02:00:00Z, time_repaired skew_corrected",
    "1924992001900, 1924992000, 2024-03-01T02:00:00Z, time_repaired future_clamped",
    // An event of yesterday that was sent today is of yesterday.
    "1709175600, 1709258402, 2024-03-01T02:00:05Z, time_repaired",
  })
  void seesNoSkewInCoarseTimes(String event, String sent, String received, String repairs) {
    BehaviorEvent read =
        read(
            "{'type':'browse','app_id':'a','openid':'o','event_time':"
                + event
                + ",'sent_at':"
                + sent
                + ",'received_at':'"
                + received
                + "'}");
    assertThat(read.repairs()).isEqualTo(Arrays.asList(repairs.split(" ", -1)));
  }

  /** Fields, the payload, its repairs and its extras. */
  static Stream<Arguments> sloppy() {
    return Stream.of(
        // Other spellings of the same value need no note.
        arguments("'type':'identify','properties':[]", new Payload.Identify(true), "", Map.of()),
        arguments(
            "'type':'identify','properties':{'authenticated':'NO'}",
            new Payload.Identify(false),
            "",
            Map.of()),
        arguments(
            "'type':'refund','properties':{'order_id':10045.0,'refund_id':7,"
                + "'amount_minor':' 1990.00 ','full':1}",
            new Payload.Refund("10045", "7", 1990, true),
            "",
            Map.of()),
        arguments(
            "'type':'cart','properties':{'action':'ADD','lines':{'10':{'sku_id':'c'},"
                + "'2':{'sku_id':'b','quantity':'2'},'0':{'sku_id':' a ','unit_price_minor':'5'}}}",
            new Payload.CartChange(
                CartAction.ADD,
                null,
                List.of(
                    new Line("a", null, null, 1L, 5L),
                    new Line("b", null, null, 2L, null),
                    new Line("c", null, null, 1L, null)),
                null),
            "",
            Map.of()),
        arguments(
            "'type':'profile','properties':{'attributes':[],'level':3,'marketing_consent':'0'}",
            new Payload.Profile(null, null, "3", null, false, Map.of()),
            "",
            Map.of()),
        arguments(
            "'type':'browse','properties':{'product_id':20240301123456789012,'phase':'Leave'}",
            new Payload.Browse(
                null, "20240301123456789012", null, null, null, Payload.Phase.LEAVE, null, null),
            "",
            Map.of()),
        // Numbers that are almost what they should be.
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':1998.9999999999998,"
                + "'lines':[{'sku_id':'a','quantity':0.75,'unit_price_minor':19.9999999},"
                + "{'sku_id':'b','quantity':3.0000000000000004,'unit_price_minor':0.0}]}",
            new Payload.Purchase(
                "o",
                OrderStatus.PAID,
                1999,
                null,
                List.of(new Line("a", null, null, 1L, 20L), new Line("b", null, null, 3L, 0L)),
                null,
                null),
            "number_rounded",
            Map.of()),
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':1000000000000000,"
                + "'lines':[{'sku_id':'a','unit_price_minor':1e15}]}",
            new Payload.Purchase(
                "o",
                OrderStatus.PAID,
                1_000_000_000_000_000L,
                null,
                List.of(new Line("a", null, null, 1L, 1_000_000_000_000_000L)),
                null,
                null),
            "",
            Map.of()),
        // What isn't required and wrong.
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':1,'cart_id':{},"
                + "'currency':'￥','coupon_id':'a\\u0000b','lines':['x',{'quantity':2},"
                + "{'sku_id':'a','quantity':-1,'unit_price_minor':333.33,'category_id':[]}]}",
            new Payload.Purchase(
                "o",
                OrderStatus.PAID,
                1,
                null,
                List.of(new Line("a", null, null, 1L, null)),
                null,
                null),
            "price_missing property_dropped",
            Map.of(
                "cart_id",
                "{}",
                "currency",
                "'￥'",
                "coupon_id",
                "'a\\u0000b'",
                "lines[0]",
                "'x'",
                "lines[1]",
                "{'quantity':2}",
                "lines[2].quantity",
                "-1",
                "lines[2].unit_price_minor",
                "333.33",
                "lines[2].category_id",
                "[]")),
        arguments(
            "'type':'purchase','properties':{'order_id':'o','amount_minor':1,'lines':'K1'}",
            new Payload.Purchase("o", OrderStatus.PAID, 1, null, List.of(), null, null),
            "property_dropped",
            Map.of("lines", "'K1'")),
        arguments(
            "'type':'cart','properties':{'action':'clear','lines':7}",
            new Payload.CartChange(CartAction.CLEAR, null, List.of(), null),
            "property_dropped",
            Map.of("lines", "7")),
        arguments(
            "'type':'profile','properties':{'marketing_consent':'perhaps','zone':'Mars',"
                + "'birthday':'1850-01-01','city':['a'],'attributes':{'':1,'a':2}}",
            new Payload.Profile(null, null, null, null, false, Map.of("a", 2L)),
            "property_dropped",
            Map.of(
                "marketing_consent",
                "'perhaps'",
                "zone",
                "'Mars'",
                "birthday",
                "'1850-01-01'",
                "city",
                "['a']",
                "attributes.",
                "1")),
        arguments(
            "'type':'custom','properties':{'name':'n','attributes':7}",
            new Payload.Custom("n", Map.of()),
            "property_dropped",
            Map.of("attributes", "7")),
        arguments(
            "'type':'browse','properties':{'page':5,'phase':'stay','dwell_ms':'long'}",
            new Payload.Browse(null, null, null, null, null, null, null, null),
            "property_dropped",
            Map.of("page", "5", "phase", "'stay'", "dwell_ms", "'long'")),
        arguments(
            "'type':'click','properties':{'element_id':8,'position':1.5}",
            new Payload.Click("8", null, null, null, null),
            "property_dropped",
            Map.of("position", "1.5")),
        arguments(
            "'type':'identify','properties':{'authenticated':2}",
            new Payload.Identify(true),
            "property_dropped",
            Map.of("authenticated", "2")),
        arguments(
            "'type':'message','properties':{'trigger_id':'t','status':'bounced'}",
            new Payload.Message("t", null, null),
            "property_dropped",
            Map.of("status", "'bounced'")),
        arguments(
            "'type':'erase','seq':-1,'sent_at':'now','received_at':-5,'session_id':false,"
                + "'platform':{},'scene':'x\\ny','user_id':'a\\nb','phone':[13800138000],"
                + "'event_id':['e'],'properties':{'request_id':'q'}",
            new Payload.Erase("q"),
            "junk_identifier_dropped property_dropped",
            Map.of(
                "seq",
                "-1",
                "sent_at",
                "'now'",
                "received_at",
                "-5",
                "session_id",
                "false",
                "platform",
                "{}",
                "scene",
                "'x\\ny'",
                "user_id",
                "'a\\nb'",
                "event_id",
                "['e']")));
  }

  @ParameterizedTest
  @MethodSource("sloppy")
  void takesWhatIsMeantAndDropsWhatIsWrong(
      String fields, Payload payload, String repairs, Map<String, String> extras) {
    BehaviorEvent event = read('{' + HEAD + ',' + fields + '}');

    assertThat(event.payload()).isEqualTo(payload);
    assertThat(event.repairs())
        .isEqualTo(repairs.isEmpty() ? List.of() : Arrays.asList(repairs.split(" ", -1)));
    assertThat(event.extras().keySet()).isEqualTo(extras.keySet());
    extras.forEach((name, value) -> assertThat(event.extras()).containsEntry(name, json(value)));
  }

  @Test
  void takesNumbersForIds() {
    BehaviorEvent event =
        read(
            "{'type':'browse','app_id':7,'tenant_id':12,'event_id':5,'scene':1011,"
                + "'event_time':1709258400000,'user_id':10045,'openid':0,'anonymous_id':8.0}");

    assertThat(event.appId()).isEqualTo("7");
    assertThat(event.tenantId()).isEqualTo("12");
    assertThat(event.eventId()).isEqualTo("5");
    assertThat(event.scene()).isEqualTo("1011");
    assertThat(event.identifiers()).isEqualTo(new Identifiers("10045", null, null, null, "8"));
    assertThat(event.repairs()).containsExactly("junk_identifier_dropped");
  }

  @Test
  void goesOnWithTheRecordsTimeWhereReceivedAtIsWrong() {
    String record = json("{'type':'browse'," + HEAD + ",'received_at':'soon'}");
    BehaviorEvent event = taken(parsed(reader, record, at("2024-03-01T02:00:07Z")));
    assertThat(event.receivedAt()).isEqualTo(at("2024-03-01T02:00:07Z"));
  }

  @Test
  void measuresAndCutsTextByItsCharacters() {
    BehaviorEvent event =
        read(
            "{'type':'browse',"
                + HEAD
                + ",'properties':{'page':'"
                + "😀".repeat(2_049)
                + "','referrer':'"
                + "😀".repeat(2_048)
                + "','product_id':'"
                + "😀".repeat(256)
                + "','sku_id':'"
                + "😀".repeat(257)
                + "'}}");
    Payload.Browse browse = (Payload.Browse) event.payload();

    assertThat(browse.page()).isEqualTo("😀".repeat(2_048));
    assertThat(browse.referrer()).isEqualTo("😀".repeat(2_048));
    assertThat(browse.productId()).isEqualTo("😀".repeat(256));
    assertThat(browse.skuId()).isNull();
    assertThat(event.repairs()).containsExactly("text_cut", "property_dropped");
  }

  @Test
  void cutsNoPhoneInTwo() {
    String page = "p".repeat(2_040) + " 13800138000";
    BehaviorEvent event =
        read("{'type':'browse'," + HEAD + ",'properties':{'page':'" + page + "'}}");

    assertThat(((Payload.Browse) event.payload()).page()).endsWith("p *******").hasSize(2_048);
    assertThat(event.repairs()).containsExactly("text_cut", "phone_masked");
  }

  @Test
  void keepsTheFirstLinesOfAVeryLongOrder() {
    BehaviorEvent full = read(order(2_000));
    assertThat(((Payload.Purchase) full.payload()).lines()).hasSize(2_000);
    assertThat(full.repairs()).isEmpty();

    BehaviorEvent event = read(order(2_001));
    Payload.Purchase purchase = (Payload.Purchase) event.payload();

    assertThat(purchase.lines()).hasSize(2_000);
    assertThat(purchase.lines().get(1_999).skuId()).isEqualTo("s1999");
    assertThat(purchase.amountMinor()).isEqualTo(2_001);
    assertThat(event.repairs()).containsExactly("lines_cut");
    assertThat(event.extras()).isEmpty();
    assertThat(event.eventId()).isNotEqualTo(read(order(2_001, "other")).eventId());
  }

  @Test
  void keepsAsManyAttributesAsTheLimitAndTheOthersInExtras() {
    StringBuilder attributes = new StringBuilder("'long':'" + "x".repeat(1_025) + "'");
    for (int i = 0; i < 51; i++) {
      attributes.append(",'a").append(i).append("':").append(i);
    }
    BehaviorEvent event =
        read("{'type':'profile'," + HEAD + ",'properties':{'attributes':{" + attributes + "}}}");

    assertThat(((Payload.Profile) event.payload()).attributes())
        .hasSize(50)
        .containsKey("a49")
        .doesNotContainKey("a50");
    assertThat(event.extras()).containsOnlyKeys("attributes.long", "attributes.a50");
    assertThat(event.repairs()).containsExactly("property_dropped");
  }

  private static String order(int lines) {
    return order(lines, "s" + (lines - 1));
  }

  private static String order(int lines, String last) {
    StringBuilder order = new StringBuilder("{'type':'purchase',").append(HEAD);
    order
        .append(",'properties':{'order_id':'o','amount_minor':")
        .append(lines)
        .append(",'lines':[");
    for (int i = 0; i < lines; i++) {
      String sku = i == lines - 1 ? last : "s" + i;
      order.append(i == 0 ? "" : ",").append("{'unit_price_minor':1,'sku_id':'").append(sku);
      order.append("'}");
    }
    return order.append("]}}").toString();
  }

  private BehaviorEvent read(String record) {
    return taken(parsed(reader, json(record), null));
  }
}
