package io.customerpulse.domain.rule;

import java.util.Map;
import java.util.Set;

/**
 * What can be said of the fields that a filter sees before there is a step: which are set whatever
 * comes, which are set together, and how small the numbers get. A field is written {@code
 * customer.level}.
 */
final class FilterFacts {
  static final String ORDERS = "customer.orders";
  static final String EVENT_TYPE = "event.type";

  private static final Set<String> ALWAYS_SET =
      Set.of(
          "customer.stage",
          ORDERS,
          "customer.orders_in_window",
          "customer.net_spend_minor",
          "customer.net_spend_in_window_minor",
          "customer.segment",
          "customer.segment_zh",
          "customer.cart_value_minor",
          "customer.cart_lines",
          "customer.attributes",
          "episode.step",
          "episode.rule_id",
          "episode.kind");

  /** Field → the one with which it is set, or unset. */
  private static final Map<String, String> SET_WITH =
      Map.ofEntries(
          Map.entry("customer.f_score", "customer.r_score"),
          Map.entry("customer.m_score", "customer.r_score"),
          Map.entry("customer.probability_alive", "customer.recency_days"),
          Map.entry("customer.expected_orders_90d", "customer.recency_days"),
          Map.entry("cart.value_minor", "cart.lines"),
          Map.entry("cart.app_id", "cart.lines"),
          Map.entry("episode.views", "episode.product_id"),
          Map.entry("event.app_id", EVENT_TYPE),
          Map.entry("event.attributes", EVENT_TYPE),
          Map.entry("event.amount_minor", "event.order_id"));

  /** Field → the type of event that has it, and always has it. */
  private static final Map<String, String> SET_OF_TYPE =
      Map.of("event.order_id", "purchase", "event.name", "custom");

  private static final Map<String, Integer> LEAST =
      Map.ofEntries(
          Map.entry(ORDERS, 0),
          Map.entry("customer.orders_in_window", 0),
          Map.entry("customer.net_spend_minor", 0),
          Map.entry("customer.net_spend_in_window_minor", 0),
          Map.entry("customer.recency_days", 0),
          Map.entry("customer.cart_value_minor", 0),
          Map.entry("customer.cart_lines", 0),
          Map.entry("customer.r_score", 1),
          Map.entry("customer.f_score", 1),
          Map.entry("customer.m_score", 1),
          Map.entry("cart.value_minor", 0),
          Map.entry("cart.lines", 0),
          Map.entry("episode.step", 1),
          Map.entry("episode.views", 0),
          Map.entry("episode.days_silent", 0),
          Map.entry("event.amount_minor", 0));

  private FilterFacts() {}

  /** Whether every step of a kind has the field. */
  static boolean isAlwaysSet(TriggerKind kind, String field) {
    return ALWAYS_SET.contains(field) || kind.fieldsAlwaysSet().contains(setWith(field));
  }

  /** The field that stands for all that are set together with this one, or itself. */
  static String setWith(String field) {
    return SET_WITH.getOrDefault(field, field);
  }

  /** Whether it is set of exactly those who have bought: who have {@link #ORDERS}. */
  static boolean isOfBuyers(String field) {
    return setWith(field).equals("customer.recency_days");
  }

  /** The type of the events that have the field; null where that isn't a matter of the type. */
  static String eventType(String field) {
    return SET_OF_TYPE.get(setWith(field));
  }

  /** The smallest value that a whole number has; null where it may be any. */
  static Integer least(String field) {
    return LEAST.get(field);
  }
}
