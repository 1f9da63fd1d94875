package io.customerpulse.behavior.job;

import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A shop of a few days: visits, carts left, orders, refunds, repeated and broken records. */
final class Shop {
  static final Instant OPENS = Instant.parse("2024-03-01T00:00:00Z");
  static final Duration OUT_OF_ORDERNESS = Duration.ofMinutes(1);

  private static final int CUSTOMERS = 30;

  private final Random random;
  private final List<String> lines = new ArrayList<>();

  private Shop(long seed) {
    this.random = new Random(seed);
  }

  /** The records as they are read, one each. */
  static List<String> lines(long seed, int records) {
    Shop shop = new Shop(seed);
    shop.trade(records);
    return shop.lines;
  }

  /** Records in an order that breaks event time by less than {@link #OUT_OF_ORDERNESS}. */
  static List<ParseResult> parsed(long seed, int records, Settings settings) {
    List<String> lines = lines(seed, records);
    TrackingEventReader reader = new TrackingEventReader(settings, Optional.empty());
    List<ParseResult> parsed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      byte[] raw = lines.get(i).getBytes(StandardCharsets.UTF_8);
      parsed.add(reader.read(new Origin("shop", i + 1L), raw, null));
    }
    return parsed;
  }

  private void trade(int records) {
    Instant now = OPENS;
    for (int i = 0; i < records; i++) {
      now = now.plusSeconds(random.nextInt(300));
      Instant at = now.minusMillis(random.nextInt((int) OUT_OF_ORDERNESS.toMillis()));
      switch (random.nextInt(20)) {
        case 0 -> lines.add("{\"type\": \"cart\", ");
        case 1 -> lines.add(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        case 2 ->
            add(
                i,
                at,
                "refund",
                String.format(
                    Locale.ROOT,
                    "'order_id':'o%d','refund_id':'r%d','amount_minor':500",
                    i - 1,
                    i));
        case 3, 4, 5 ->
            add(
                i,
                at,
                "purchase",
                String.format(
                    Locale.ROOT, "'order_id':'o%d','amount_minor':%d", i, 100 * (i % 97)));
        case 6, 7, 8, 9, 10 ->
            add(
                i,
                at,
                "cart",
                String.format(
                    Locale.ROOT,
                    "'action':'add','lines':[{'sku_id':'K%d','category_id':'C%d',"
                        + "'unit_price_minor':9900}]",
                    i % 11,
                    i % 3));
        default ->
            add(
                i,
                at,
                "browse",
                String.format(
                    Locale.ROOT, "'page':'p%d','category_id':'C%d'", i % 7, random.nextInt(4)));
      }
    }
  }

  private void add(int number, Instant at, String type, String properties) {
    String line =
        String.format(
            Locale.ROOT,
            "{'event_id':'e%d','type':'%s','app_id':'wx1','event_time':'%s','openid':'o%d',"
                + "'properties':{%s}}",
            number,
            type,
            at,
            random.nextInt(CUSTOMERS),
            properties);
    lines.add(line.replace('\'', '"'));
  }
}
