package io.customerpulse.domain.episode;

import io.customerpulse.domain.profile.CustomerProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The customer as the filters of one moment see them: put together when the first one asks, for all
 * of them.
 */
final class FilterCustomer {
  private final Subject subject;
  private final Instant now;
  private Map<String, Object> fields;

  FilterCustomer(Subject subject, Instant now) {
    this.subject = subject;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  Map<String, Object> fields() {
    if (fields == null) {
      fields = fields(subject.profileAt(now));
    }
    return fields;
  }

  private static Map<String, Object> fields(CustomerProfile profile) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("stage", profile.stage().name());
    fields.put("orders", profile.orders());
    fields.put("net_spend_minor", profile.netSpendMinor());
    fields.put("orders_in_window", profile.ordersInWindow());
    fields.put("net_spend_in_window_minor", profile.netSpendInWindowMinor());
    fields.put("segment", profile.segment());
    fields.put("segment_zh", profile.segmentZh());
    fields.put("cart_value_minor", profile.cartValueMinor());
    fields.put("cart_lines", (long) profile.cartLines());
    fields.put("attributes", profile.attributes());
    if (profile.scores() != null) {
      fields.put("r_score", (long) profile.scores().r());
      fields.put("f_score", (long) profile.scores().f());
      fields.put("m_score", (long) profile.scores().m());
    }
    if (profile.recencyDays() != null) {
      fields.put("recency_days", profile.recencyDays().longValue());
    }
    putKnown(fields, "probability_alive", profile.probabilityAlive());
    putKnown(fields, "expected_orders_90d", profile.expectedOrders90d());
    putKnown(fields, "zone", profile.zone());
    putKnown(fields, "level", profile.level());
    putKnown(fields, "city", profile.city());
    putKnown(fields, "birthday", profile.birthday());
    putKnown(fields, "marketing_consent", profile.marketingConsent());
    putKnown(fields, "favourite_category", profile.favouriteCategory());
    return fields;
  }

  static void putKnown(Map<String, Object> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
