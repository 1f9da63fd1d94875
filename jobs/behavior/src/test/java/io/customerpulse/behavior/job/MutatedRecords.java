package io.customerpulse.behavior.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Records that were good before something happened to most of them. */
final class MutatedRecords {
  private static final int PERSONS = 5_000;

  /** Four digits, as many as a phone number lacks. */
  private static final int FIRST_PERSON = 1_000;

  private static final List<String> SEEDS =
      List.of(
          "{'event_id':'EVENT','type':'cart','tenant_id':'acme','app_id':'wx1234',"
              + "'event_time':'ISO_TIME','seq':17,"
              + "'sent_at':'ISO_TIME','openid':'oPERSON','unionid':'uPERSON',"
              + "'user_id':null,'session_id':'s1','platform':'wechat','scene':'1011',"
              + "'properties':{'action':'add','cart_id':'c9','lines':[{'sku_id':'K1',"
              + "'quantity':2,'unit_price_minor':1990}],'currency':'CNY'}}",
          "{'type':'purchase','app_id':'a','event_time':MILLIS,'phone':'1380013PERSON',"
              + "'properties':{'order_id':'oEVENT','status':'paid','amount_minor':1990,"
              + "'lines':[{'sku_id':'K'},{'sku_id':'L','quantity':3,'unit_price_minor':5}]}}",
          "{'type':'refund','app_id':'a','event_time':MILLIS,'user_id':'uPERSON',"
              + "'properties':{'order_id':'oEVENT','refund_id':'r','amount_minor':5,'full':true}}",
          "{'type':'profile','app_id':'a','event_time':MILLIS,'user_id':'杭州PERSON',"
              + "'properties':{'birthday':'1990-02-28','zone':'Asia/Shanghai',"
              + "'marketing_consent':true,'attributes':{'a':1,'b':1.5,'c':'x','d':[{}]}}}",
          "{'type':'browse','app_id':'a','event_time':'ISO_TIME',"
              + "'anonymous_id':'dPERSON','properties':{'page':'/p','phase':'leave','dwell_ms':900}}",
          "{'type':'custom','app_id':'a','event_time':MILLIS,'openid':'PERSON\\u6c64\\ud83d\\ude00',"
              + "'properties':{'name':'share','attributes':{'to':'friend'}},'sdk':[1,2]}");

  private static final List<String> SNIPPETS =
      List.of(
          "null",
          "-1",
          "1e999999999",
          "-1e-999999999",
          "1E99999999999",
          "100e2147483647",
          "\"100e2147483647\"",
          "1e1000",
          "-1e-1000",
          "1.3800138E10",
          "20240301100000",
          "0.1",
          "99999999999999999999999999",
          "true",
          "[]",
          "{}",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "\"\"",
          "\"\\ud800\"",
          "\"'`\\\"null\\\"`'\"",
          "\"\\u0000\"",
          "\"13800138000\"",
          "\"USD\"",
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

  private MutatedRecords() {}

  /** One record of one of {@value #PERSONS} persons, most of all at a time. */
  static byte[] next(Random random, Instant at) {
    String seed =
        SEEDS
            .get(random.nextInt(SEEDS.size()))
            .replace("PERSON", Integer.toString(FIRST_PERSON + random.nextInt(PERSONS)))
            .replace("EVENT", Integer.toHexString(random.nextInt()))
            .replace("ISO_TIME", at.toString())
            .replace("MILLIS", Long.toString(at.toEpochMilli()));
    StringBuilder text = new StringBuilder(seed.replace('\'', '"'));
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
