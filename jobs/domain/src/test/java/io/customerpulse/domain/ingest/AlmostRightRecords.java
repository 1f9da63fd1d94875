package io.customerpulse.domain.ingest;

import java.util.List;
import java.util.Random;

/**
 * Events of a shop with the mistakes that languages and tools make when they write them. Each is
 * good at first; then some of its values are written as PHP, JavaScript, Python or a spreadsheet
 * would.
 */
final class AlmostRightRecords {
  private static final List<String> EVENTS =
      List.of(
          "{'type':'cart','app_id':ID,'event_time':TIME,'user_id':ID,'scene':SCENE,"
              + "'properties':{'action':'add','cart_id':OPTIONAL,'lines':[LINE]}}",
          "{'type':'purchase','app_id':ID,'event_time':TIME,'user_id':ID,'sent_at':TIME,"
              + "'properties':{'order_id':ID,'amount_minor':MONEY,'currency':CURRENCY,"
              + "'coupon_id':OPTIONAL,'lines':[LINE,LINE]}}",
          "{'type':'purchase','app_id':ID,'event_time':TIME,'user_id':ID,"
              + "'properties':{'order_id':ID,'amount_minor':MONEY,'lines':PHP_LINES}}",
          "{'type':'refund','app_id':ID,'event_time':TIME,'openid':ID,'seq':COUNT,"
              + "'properties':{'order_id':ID,'refund_id':ID,'amount_minor':MONEY,'full':TRUTH}}",
          "{'type':'browse','app_id':ID,'event_time':TIME,'openid':ID,'platform':OPTIONAL,"
              + "'properties':{'product_id':ID,'page':PAGE,'dwell_ms':DWELL,'phase':'Leave'}}",
          "{'type':'browse','app_id':ID,'event_time':TIME,'openid':ID,'properties':EMPTY}",
          "{'type':'profile','app_id':ID,'event_time':TIME,'unionid':ID,"
              + "'properties':{'birthday':BIRTHDAY,'zone':ZONE,'level':SCENE,"
              + "'marketing_consent':TRUTH,'attributes':EMPTY}}",
          "{'type':'identify','app_id':ID,'event_time':TIME,'user_id':ID,'anonymous_id':ID,"
              + "'properties':{'authenticated':TRUTH}}",
          "{'type':'click','app_id':ID,'event_time':TIME,'anonymous_id':ID,"
              + "'properties':{'element_id':ID,'position':COUNT,'page':PAGE}}");

  private static final List<Place> PLACES =
      List.of(
          new Place("PHP_LINES", "[LINE,LINE]", "{'1':LINE,'4':LINE}", "[]", "{'0':LINE}"),
          new Place(
              "LINE",
              "{'sku_id':ID,'quantity':COUNT,'unit_price_minor':MONEY}",
              "{'sku_id':ID,'quantity':0.75,'unit_price_minor':MONEY,'product_id':OPTIONAL}",
              "{'sku_id':ID,'quantity':COUNT,'unit_price_minor':333.33}"),
          new Place(
              "TIME",
              "1709258400000",
              "1709258400",
              "1709258400.123",
              "'1709258400000'",
              "'2024-03-01 10:00:00+08:00'",
              "'2024-03-01T10:00:00.123456+0800'",
              "'2024-03-01T10:00+08:00'",
              "1709258400123456",
              "1709258400000.5",
              // Nobody knows where this was.
              "'2024-03-01 10:00:00'"),
          new Place("ID", "'k-17'", "10045", "' k-17 '", "10045.0", "'1.00E+11'", "'10045\u00a0'"),
          new Place("SCENE", "'1011'", "1011", "null", "''"),
          new Place("OPTIONAL", "'c-9'", "7", "''", "null", "[]", "{}", "false", "NUMBERS"),
          new Place("NUMBERS", "[1,2]", "[1,2]"),
          new Place(
              "MONEY",
              "1990",
              "'1990'",
              "1990.0",
              "'1990.00'",
              "1989.9999999999998",
              "'1.99E+3'",
              "15000000000",
              "1990.0000000000002",
              // Yuan, where fen are meant.
              "19.9"),
          new Place("COUNT", "2", "'2'", "2.0", "' 2'", "-1", "'two'", "1.5"),
          new Place("DWELL", "900", "'900'", "900.25", "-1", "1e9", "'long'", "null"),
          new Place("CURRENCY", "'CNY'", "'cny'", "'￥'", "156", "''", "'yuan'"),
          new Place("TRUTH", "true", "'True'", "1", "'0'", "'yes'", "'NO'", "''", "'ja'", "2"),
          new Place("PAGE", "'/p'", "''", "7", "null", "['/p']", "'LONG'"),
          new Place("LONG", "x".repeat(3_000), "x".repeat(2_049)),
          new Place("BIRTHDAY", "'1990-02-09'", "'1990-2-9'", "''", "'09.02.1990'", "19900209"),
          new Place("ZONE", "'Asia/Shanghai'", "'China Standard Time'", "8", "'GMT+8'", "''"),
          new Place("EMPTY", "{}", "[]", "''", "null", "{'n':1.50,'m':[]}"));

  /** A value as it should be, and as it comes. */
  private record Place(String name, String good, List<String> sloppy) {
    private Place(String name, String good, String... sloppy) {
      this(name, good, List.of(sloppy));
    }
  }

  private AlmostRightRecords() {}

  /** One record; of its values about every third is sloppy. */
  static String next(Random random) {
    StringBuilder record = new StringBuilder(EVENTS.get(random.nextInt(EVENTS.size())));
    for (Place place : PLACES) {
      int start;
      while ((start = record.indexOf(place.name())) >= 0) {
        String value =
            random.nextInt(3) > 0
                ? place.good()
                : place.sloppy().get(random.nextInt(place.sloppy().size()));
        record.replace(start, start + place.name().length(), value);
      }
    }
    return record.toString().replace('\'', '"');
  }
}
