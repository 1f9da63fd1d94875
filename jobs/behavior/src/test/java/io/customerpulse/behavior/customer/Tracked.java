package io.customerpulse.behavior.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Tracking events as they are read, of customers who are known by an openid alone. */
public final class Tracked {
  private static final TrackingEventReader READER =
      new TrackingEventReader(SettingsReader.defaults(), Optional.empty());

  private Tracked() {}

  /**
   * An event whose id is its customer, time and type.
   *
   * @param properties JSON fields, quoted by apostrophes
   */
  public static BehaviorEvent event(String openid, Instant at, String type, String properties) {
    String line =
        String.format(
                Locale.ROOT,
                "{'event_id':'%s %s"
                    + " %s','type':'%s','app_id':'a','event_time':'%s','openid':'%s','properties':{%s}}",
                openid,
                at,
                type,
                type,
                at,
                openid,
                properties)
            .replace('\'', '"');
    byte[] raw = line.getBytes(StandardCharsets.UTF_8);
    return ((ParseResult.Valid) READER.read(new Origin("x", 1), raw, null)).event();
  }

  public static BehaviorEvent paid(String openid, Instant at, String orderId, long amountMinor) {
    return event(
        openid,
        at,
        "purchase",
        String.format(Locale.ROOT, "'order_id':'%s','amount_minor':%d", orderId, amountMinor));
  }
}
