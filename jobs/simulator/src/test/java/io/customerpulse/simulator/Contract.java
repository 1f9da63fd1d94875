package io.customerpulse.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a tracking event must have, written down apart from the simulator. */
final class Contract {
  private static final List<String> IDENTIFIERS =
      List.of("user_id", "unionid", "openid", "anonymous_id");
  private static final Map<String, Set<String>> REQUIRED =
      Map.of(
          "click", Set.of("element_id"),
          "browse", Set.of(),
          "cart", Set.of("action"),
          "purchase", Set.of("order_id", "amount_minor"),
          "refund", Set.of("order_id", "refund_id", "amount_minor"),
          "identify", Set.of(),
          "profile", Set.of(),
          "custom", Set.of("name"),
          "message", Set.of("trigger_id", "status"),
          "erase", Set.of("request_id"));
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "cart action", Set.of("add", "remove", "set", "clear"),
          "browse phase", Set.of("enter", "leave"),
          "purchase status", Set.of("created", "paid", "closed", "completed"),
          "message status", Set.of("sent", "delivered", "opened", "clicked", "failed"));

  private Contract() {}

  /** What is wrong with an event; empty if it is good. */
  static List<String> problems(JsonNode event) {
    List<String> problems = new ArrayList<>();
    for (String name : List.of("event_id", "type", "tenant_id", "app_id")) {
      unless(event.path(name).isTextual(), name, problems);
    }
    unless(Parsed.time(event.path("event_time")) != null, "event_time", problems);
    unless(!strongestIdentifier(event).isEmpty(), "identifier", problems);
    String type = event.path("type").asText();
    JsonNode properties = event.path("properties");
    unless(REQUIRED.containsKey(type), "type", problems);
    for (String name : REQUIRED.getOrDefault(type, Set.of())) {
      unless(properties.hasNonNull(name), name, problems);
    }
    ALLOWED.forEach(
        (typeAndName, values) -> {
          String name = typeAndName.substring(typeAndName.indexOf(' ') + 1);
          if (typeAndName.startsWith(type) && properties.has(name)) {
            unless(values.contains(properties.get(name).asText()), name, problems);
          }
        });
    if (properties.has("amount_minor")) {
      unless(properties.get("amount_minor").asLong() > 0, "amount_minor", problems);
    }
    if (type.equals("cart")) {
      checkLines(properties, problems);
    }
    return problems;
  }

  /** With its scope; empty if there is none. */
  static String strongestIdentifier(JsonNode event) {
    for (String identifier : IDENTIFIERS) {
      if (event.hasNonNull(identifier)) {
        String scope = identifier.equals("openid") ? event.path("app_id").asText() : "";
        return String.join(
            " ",
            event.path("tenant_id").asText(),
            identifier,
            scope,
            event.get(identifier).asText());
      }
    }
    return "";
  }

  private static void checkLines(JsonNode properties, List<String> problems) {
    boolean clears = properties.path("action").asText().equals("clear");
    unless(properties.path("lines").isEmpty() == clears, "lines", problems);
    for (JsonNode line : properties.path("lines")) {
      unless(line.path("sku_id").isTextual(), "sku_id", problems);
      unless(line.path("quantity").asLong(1) > 0, "quantity", problems);
    }
  }

  private static void unless(boolean good, String name, List<String> problems) {
    if (!good) {
      problems.add(name);
    }
  }
}
