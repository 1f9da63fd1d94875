package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events of a scenario, written in short, as lines of tracking events. */
final class ScenarioEvents {

  /** A line and when it arrives. */
  record Arrival(Instant at, String line) {}

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Pattern LINE = Pattern.compile("(\\S+?)(?: x(-?\\d+))?(?: @(\\d+))?");
  private static final Set<String> ENVELOPE =
      Set.of(
          "type",
          "event_id",
          "tenant_id",
          "app_id",
          "event_time",
          "seq",
          "sent_at",
          "received_at",
          "openid",
          "unionid",
          "user_id",
          "anonymous_id",
          "phone",
          "phone_hash",
          "session_id",
          "platform",
          "scene");
  private static final Set<String> TIMES = Set.of("at", "sent_at", "received_at");
  private static final Set<String> SHORTHAND =
      Set.of("times", "every", "id", "who", "app", "arrives");

  private ScenarioEvents() {}

  /** An instant as scenarios write it: in Shanghai, or with an offset. */
  static Instant time(String text) {
    String iso = text.strip().replace(' ', 'T');
    return iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d")
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(ZONE).toInstant();
  }

  /** The lines of a file with these events. */
  static List<String> lines(JsonNode events) {
    return arrivals(events).stream().map(Arrival::line).toList();
  }

  /** The lines in the order of the file; an event that doesn't say arrives when it happens. */
  static List<Arrival> arrivals(JsonNode events) {
    List<Arrival> arrivals = new ArrayList<>();
    int number = 0;
    for (JsonNode event : events) {
      number++;
      if (event.has("raw")) {
        arrivals.add(new Arrival(Instant.MIN, event.get("raw").asText()));
        continue;
      }
      int times = event.path("times").asInt(1);
      Duration every = Durations.parse(event.path("every").asText("0s"));
      String arrives = event.path("arrives").asText(event.path("at").asText());
      for (int i = 0; i < times; i++) {
        String id = "e" + number + (times > 1 ? "-" + i : "");
        Duration offset = every.multipliedBy(i);
        String line = line((ObjectNode) event, id, offset).toString();
        arrivals.add(new Arrival(time(arrives).plus(offset), line));
      }
    }
    return arrivals;
  }

  private static ObjectNode line(ObjectNode event, String defaultId, Duration offset) {
    ObjectNode line = ReplayRunner.JSON.createObjectNode();
    ObjectNode properties = line.objectNode();
    String id = event.path("id").asText(defaultId);
    if (!id.equals("none")) {
      line.put("event_id", id);
    }
    line.put("app_id", event.path("app").asText("wx1"));
    if (event.has("who")) {
      line.put("openid", event.get("who").asText());
    }
    event
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode value = field.getValue();
              if (TIMES.contains(name)) {
                Instant time = time(value.asText()).plus(offset);
                // As a phone in Shanghai would write it.
                line.put(
                    name.equals("at") ? "event_time" : name,
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        time.atOffset(ZoneOffset.ofHours(8))));
              } else if (name.equals("tenant")) {
                line.set("tenant_id", value);
              } else if (name.equals("lines")) {
                properties.set(name, skuLines(value));
              } else if (ENVELOPE.contains(name)) {
                line.set(name, value);
              } else if (!SHORTHAND.contains(name)) {
                properties.set(name, value);
              }
            });
    line.set("properties", properties);
    return line;
  }

  private static ArrayNode skuLines(JsonNode lines) {
    ArrayNode expanded = ReplayRunner.JSON.createArrayNode();
    for (JsonNode line : lines) {
      if (line.isObject()) {
        expanded.add(line);
        continue;
      }
      Matcher parts = LINE.matcher(line.asText());
      if (!parts.matches()) {
        throw new IllegalArgumentException("No line of a cart: " + line);
      }
      ObjectNode object = expanded.addObject().put("sku_id", parts.group(1));
      if (parts.group(2) != null) {
        object.put("quantity", Long.parseLong(parts.group(2)));
      }
      if (parts.group(3) != null) {
        object.put("unit_price_minor", Long.parseLong(parts.group(3)));
      }
    }
    return expanded;
  }
}
