package io.customerpulse.domain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a device sends, the reader answers with an event or a dead letter and never throws. */
class TrackingEventFuzzTest {
  private static final int RECORDS = 1_000_000;
  private static final Instant RECEIVED = Instant.parse("2024-03-01T02:00:03Z");

  private static final List<String> SEEDS =
      List.of(
          "{'event_id':'8f6c','type':'cart','tenant_id':'acme','app_id':'wx1234',"
              + "'event_time':'2024-03-01T10:00:00+08:00','seq':17,"
              + "'sent_at':'2024-03-01T10:00:02+08:00','openid':'oA','unionid':'uB',"
              + "'user_id':null,'session_id':'s1','platform':'wechat','scene':'1011',"
              + "'properties':{'action':'add','cart_id':'c9','lines':[{'sku_id':'K1',"
              + "'quantity':2,'unit_price_minor':1990}],'currency':'CNY'}}",
          "{'type':'purchase','app_id':'a','event_time':1709258400000,'phone':'13800138000',"
              + "'properties':{'order_id':'o','status':'paid','amount_minor':1990,"
              + "'lines':[{'sku_id':'K'},{'sku_id':'L','quantity':3,'unit_price_minor':5}]}}",
          "{'type':'refund','app_id':'a','event_time':1709258400000,'user_id':'u',"
              + "'properties':{'order_id':'o','refund_id':'r','amount_minor':5,'full':true}}",
          "{'type':'profile','app_id':'a','event_time':1709258400000,'user_id':'杭州',"
              + "'properties':{'birthday':'1990-02-28','zone':'Asia/Shanghai',"
              + "'marketing_consent':true,'attributes':{'a':1,'b':1.5,'c':'x','d':[{}]}}}",
          "{'type':'browse','app_id':'a','event_time':'2024-03-01T02:00:00.123Z',"
              + "'anonymous_id':'d','properties':{'page':'/p','phase':'leave','dwell_ms':900}}",
          "{'type':'custom','app_id':'a','event_time':1709258400000,'openid':'\\u6c64\\ud83d\\ude00',"
              + "'properties':{'name':'share','attributes':{'to':'friend'}},'sdk':[1,2]}");

  private static final List<String> SNIPPETS =
      List.of(
          "null",
          "-1",
          "1e999999999",
          "-1e-999999999",
          "1E99999999999",
          "0.1",
          "99999999999999999999999999",
          "true",
          "[]",
          "{}",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"13800138000\"",
          "\"2024-13-45T99:99:99+99:99\"",
          "\"+999999999-12-31T23:59:59.999999999-18:00\"",
          "\"-999999999-01-01T00:00:00+18:00\"",
          "-9223372036854775808",
          "999999999999999999",
          "\"00000000-0000\"",
          "\u0000",
          "\uFEFF",
          "😀",
          "\\",
          "\"",
          "}",
          ",\"type\":\"erase\"",
          ",\"event_time\":1",
          ",\"phone\":");

  @Test
  void neverThrows() {
    long seed = 7;
    Random random = new Random(seed);
    TrackingEventReader reader = TestRecords.reader();
    Map<DeadLetterCode, Integer> refusals = new EnumMap<>(DeadLetterCode.class);
    int taken = 0;
    for (int i = 0; i < RECORDS; i++) {
      byte[] record = mutated(random);
      try {
        ReadResult result = reader.read(new Origin("fuzz", i, record), RECEIVED);
        if (result instanceof ReadResult.Refused refused) {
          refusals.merge(refused.deadLetter().code(), 1, Integer::sum);
        } else {
          taken++;
          check(((ReadResult.Taken) result).event());
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed " + seed + ", record " + i + ": " + Arrays.toString(record), e);
      }
    }
    assertThat(taken).as("seed %d", seed).isGreaterThan(RECORDS / 20);
    assertThat(refusals)
        .as("seed %d", seed)
        .containsKeys(
            DeadLetterCode.NOT_JSON,
            DeadLetterCode.INVALID_UTF8,
            DeadLetterCode.WRONG_SHAPE,
            DeadLetterCode.UNKNOWN_TYPE,
            DeadLetterCode.MISSING_FIELD,
            DeadLetterCode.BAD_VALUE,
            DeadLetterCode.NO_IDENTIFIER,
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
            DeadLetterCode.WRONG_CURRENCY);
  }

  private static void check(BehaviorEvent event) {
    if (event.eventTime().isBefore(TrackingEventReader.EARLIEST)
        || event.eventTime().isAfter(RECEIVED.plusSeconds(5 * 60))
        || !event.eventTime().equals(event.eventTime().truncatedTo(ChronoUnit.MILLIS))
        || event.identifiers().isEmpty()
        || event.eventId().isEmpty()) {
      throw new AssertionError(event);
    }
  }

  private static byte[] mutated(Random random) {
    StringBuilder text =
        new StringBuilder(TestRecords.json(SEEDS.get(random.nextInt(SEEDS.size()))));
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(text, random);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static void change(StringBuilder text, Random random) {
    int start = random.nextInt(text.length() + 1);
    switch (random.nextInt(5)) {
      case 0 -> text.setLength(start);
      case 1 -> text.delete(start, Math.min(text.length(), start + random.nextInt(8)));
      case 2 -> text.insert(start, snippet(random));
      case 3 -> text.insert(start, text.substring(start));
      default -> replaceValue(text, start, snippet(random));
    }
  }

  /** Puts the snippet in the place of the next value, so that the JSON often stays whole. */
  private static void replaceValue(StringBuilder text, int from, String snippet) {
    int colon = text.indexOf(":", from);
    if (colon < 0) {
      return;
    }
    int end = colon + 1;
    boolean quoted = false;
    while (end < text.length() && (quoted || ",}]".indexOf(text.charAt(end)) < 0)) {
      quoted ^= text.charAt(end) == '"';
      end++;
    }
    text.replace(colon + 1, end, snippet);
  }

  private static String snippet(Random random) {
    return SNIPPETS.get(random.nextInt(SNIPPETS.size()));
  }
}
