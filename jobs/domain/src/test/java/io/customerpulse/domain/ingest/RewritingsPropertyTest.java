package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.json;
import static io.customerpulse.domain.ingest.TestRecords.parsed;
import static io.customerpulse.domain.ingest.TestRecords.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.oracle.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events without an id: what is said the same is the same event, by whatever spelling, and what is
 * said otherwise is another.
 */
class RewritingsPropertyTest {
  private static final int EVENTS = 1_000;
  private static final List<Long> SEEDS = Seeds.of(RewritingsPropertyTest.class, 1, 1);

  private static final String PROFILE =
      "{'app_id':'a','event_time':1709258400000,'openid':'o','type':'profile',";

  private final TrackingEventReader reader = TestRecords.reader();

  @Test
  void whatIsSaidTheSameIsADuplicateAndReadsTheSame() {
    for (long seed : SEEDS) {
      Random random = new Random(seed);
      for (int i = 0; i < EVENTS; i++) {
        SaidEvent said = SaidEvent.any(random);
        BehaviorEvent plain = read(said.plain());
        SaidEvent.Written written = said.rewritten(random);
        BehaviorEvent again = read(written.json());
        String about = "seed " + seed + ": " + said.plain() + " and " + written.json();

        assertThat(plain.repairs()).as(about).isEmpty();
        assertThat(again.repairs())
            .as(about)
            .isEqualTo(written.timeOfContract() ? List.of() : List.of("time_repaired"));
        assertThat(again.eventId()).as(about).isEqualTo(plain.eventId());
        assertThat(again.eventTime()).as(about).isEqualTo(plain.eventTime());
        assertThat(again.tenantId()).as(about).isEqualTo(plain.tenantId());
        assertThat(again.customerId()).as(about).isEqualTo(plain.customerId());
        assertThat(again.appId() + again.sessionId() + again.platform() + again.scene())
            .as(about)
            .isEqualTo(plain.appId() + plain.sessionId() + plain.platform() + plain.scene());
        assertThat(again.extras().keySet()).as(about).isEqualTo(plain.extras().keySet());
        if (!written.json().contains("attributes")) {
          assertThat(again.payload()).as(about).isEqualTo(plain.payload());
        }
      }
    }
  }

  @Test
  void whatIsSaidOtherwiseIsNoDuplicate() {
    for (long seed : SEEDS) {
      Random random = new Random(~seed);
      for (int i = 0; i < EVENTS; i++) {
        SaidEvent said = SaidEvent.any(random);
        SaidEvent other = said.changed(random);
        String others = other.rewritten(random).json();

        assertThat(read(others).eventId())
            .as("seed %d: %s and %s", seed, said.plain(), others)
            .isNotEqualTo(read(said.plain()).eventId());
      }
    }
  }

  /** Whoever is nobody, and what says nothing, in whatever JSON. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'user_id':0 | 'user_id':'0'",
        "'user_id':0.0 | 'user_id':0",
        "'user_id':-1 | 'user_id':'-1'",
        "'user_id':true | 'user_id':'true'",
        "'phone':13800138000.0 | 'phone':'13800138000'",
        "'phone':1.3800138E10 | 'phone':'+86 138 0013 8000'",
        "'properties':{'attributes':{'x':''}} | 'properties':{'attributes':{'x':null}}",
        "'properties':{'attributes':{'x':[],'y':{}}} | 'properties':{'attributes':{}}",
      })
  void spellingsOfNobodyAndNothingAreOne(String one, String other) {
    BehaviorEvent first = read(json(PROFILE + one + "}"));
    BehaviorEvent second = read(json(PROFILE + other + "}"));

    assertThat(second.eventId()).isEqualTo(first.eventId());
    assertThat(second.payload()).isEqualTo(first.payload());
    assertThat(second.identifiers()).isEqualTo(first.identifiers());
    assertThat(second.repairs()).isEqualTo(first.repairs());
  }

  /** Under another key, or none, an id with a phone in its event must be another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'session_id':{'phone':'010-12345678'}",
        "'properties':{'13800138000':1}",
        "'phone_hash':'13800138000'",
        "'properties':{'attributes':{'13800138000':1}}",
        "'properties':{'zone':'13800138000'}",
      })
  void noPhoneCanBeFoundByTrialFromTheId(String fields) {
    String record = json(PROFILE + fields + "}");

    assertThat(read(record).eventId())
        .isNotEqualTo(taken(parsed(TestRecords.readerWithoutKey(), record, null)).eventId());
    assertThat(read(record).eventId())
        .isNotEqualTo(read(record.replaceAll("010-12345678|13800138000", "13900139000")).eventId());
  }

  /** What is dropped, cut or rounded has been content all the same. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'type':'click','properties':{'element_id':'e','position':'x'}"
            + "|'type':'click','properties':{'element_id':'e','position':'y'}",
        "'type':'browse','user_id':'null'|'type':'browse','user_id':'undefined'",
        "'type':'browse','user_id':['a']|'type':'browse','user_id':['b']",
        "'type':'browse','event_id':['a']|'type':'browse','event_id':['b']",
        "'type':'browse','properties':{'dwell_ms':-1}|'type':'browse','properties':{'dwell_ms':-2}",
        "'type':'browse','properties':{'page':5}|'type':'browse','properties':{'page':6}",
        "'type':'browse','properties':{'n':1}|'type':'browse','properties':{'n':'1'}",
        "'type':'browse','properties':{'n':1}|'type':'browse','n':1",
        "'type':'browse','properties':{'n':1}|'type':'browse','properties.n':1",
        "'type':'browse','properties':{'n':[1,null]}|'type':'browse','properties':{'n':[null,1]}",
        "'type':'profile','properties':{'attributes':{'n':1}}"
            + "|'type':'profile','properties':{'attributes':{'n':'1'}}",
        "'type':'profile','properties':{'marketing_consent':'maybe'}"
            + "|'type':'profile','properties':{'marketing_consent':'perhaps'}",
        "'type':'purchase','properties':{'order_id':'o','amount_minor':1998.9999999999998}"
            + "|'type':'purchase','properties':{'order_id':'o','amount_minor':1999}",
        "'type':'purchase','properties':{'order_id':'o','amount_minor':1,'status':'paid'}"
            + "|'type':'purchase','properties':{'order_id':'o','amount_minor':1}",
        "'type':'purchase','properties':{'order_id':'o','amount_minor':1,'lines':[{'sku_id':'a','quantity':0.5}]}"
            + "|'type':'purchase','properties':{'order_id':'o','amount_minor':1,'lines':[{'sku_id':'a','quantity':0.75}]}",
        "'type':'purchase','properties':{'order_id':'o','amount_minor':1,'lines':[{'sku_id':'a'},7]}"
            + "|'type':'purchase','properties':{'order_id':'o','amount_minor':1,'lines':[{'sku_id':'a'},8]}",
        "'type':'purchase','properties':{'order_id':'19050600017','amount_minor':1}"
            + "|'type':'purchase','properties':{'order_id':'19050600018','amount_minor':1}",
      })
  void whatIsMendedIsContentAsItWasSent(String one, String other) {
    assertThat(read(whole(one)).eventId()).isNotEqualTo(read(whole(other)).eventId());
  }

  @Test
  void whatIsCutOffIsContent() {
    String page = "'type':'browse','properties':{'page':'" + "p".repeat(2_048) + "%s'}";

    assertThat(read(whole(page.replace("%s", "a"))).payload())
        .isEqualTo(read(whole(page.replace("%s", "b"))).payload());
    assertThat(read(whole(page.replace("%s", "a"))).eventId())
        .isNotEqualTo(read(whole(page.replace("%s", "b"))).eventId());
  }

  @Test
  void aPhoneIsTheSameInEveryFormAndOnlyByItsKeyedHash() {
    String phone = "'type':'browse','phone':%s";
    String plain = whole(phone.replace("%s", "'13800138000'"));

    assertThat(read(whole(phone.replace("%s", "'+86 138-0013-8000'"))).eventId())
        .isEqualTo(read(whole(phone.replace("%s", "13800138000"))).eventId())
        .isEqualTo(read(plain).eventId());
    assertThat(read(whole(phone.replace("%s", "'13800138001'"))).eventId())
        .isNotEqualTo(read(plain).eventId());
    assertThat(parsed(otherKey(), plain, null)).isInstanceOf(ParseResult.Valid.class);
    assertThat(taken(parsed(otherKey(), plain, null)).eventId())
        .isNotEqualTo(read(plain).eventId());
  }

  @ParameterizedTest
  @CsvSource({
    "'page':'/call/1380013800%d'",
    "'referrer':'tel:1380013800%d'",
    "'to':'1380013800%d'",
    "'page':[1380013800%d]",
    "'product_id':{'a':'1380013800%d'}",
    "'sku_id':'1380013800%d\\u0000'",
  })
  void aPhoneThatIsMaskedIsContentUnderTheKeyAlone(String property) {
    String one = whole("'type':'browse','properties':{" + property.replace("%d", "1") + "}");
    String other = whole("'type':'browse','properties':{" + property.replace("%d", "2") + "}");
    TrackingEventReader keyless = TestRecords.readerWithoutKey();

    assertThat(read(one).eventId()).isNotEqualTo(read(other).eventId());
    assertThat(taken(parsed(otherKey(), one, null)).eventId()).isNotEqualTo(read(one).eventId());
    assertThat(taken(parsed(keyless, one, null)).eventId())
        .isEqualTo(taken(parsed(keyless, other, null)).eventId());
  }

  private static TrackingEventReader otherKey() {
    return TestRecords.reader(
        Optional.of(
            new PhoneHasher("another key of thirty-two bytes.".getBytes(StandardCharsets.UTF_8))));
  }

  private static String whole(String fields) {
    return json("{'app_id':'wx1','event_time':1709258400000,'openid':'oA'," + fields + "}");
  }

  private BehaviorEvent read(String record) {
    return taken(parsed(reader, record, null));
  }
}
