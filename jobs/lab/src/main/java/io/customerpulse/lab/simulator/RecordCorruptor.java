package io.customerpulse.lab.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes a broken record of a good one. Rare enough to go through a tree. */
final class RecordCorruptor {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> IDENTIFIERS =
      List.of("user_id", "unionid", "openid", "anonymous_id");

  /** Within the event id and the type: plain ASCII and no whole object. */
  private static final int CUT_AT = 24;

  /** Within the event id. */
  private static final int INVALID_AT = "{\"event_id\":\"".length();

  private static final byte NEVER_IN_UTF8 = (byte) 0xFF;

  private final SimulatorSettings settings;

  RecordCorruptor(SimulatorSettings settings) {
    this.settings = settings;
  }

  byte[] broken(byte[] good, Defect defect) {
    return switch (defect) {
      case CUT_OFF -> Arrays.copyOf(good, CUT_AT);
      case NO_JSON_AT_ALL -> utf8("GET /track HTTP/1.1");
      case BYTES_INVALID -> {
        byte[] bytes = good.clone();
        bytes[INVALID_AT] = NEVER_IN_UTF8;
        yield bytes;
      }
      case ARRAY -> utf8('[' + new String(good, StandardCharsets.UTF_8) + ']');
      case BARE_TEXT -> utf8("\"page view\"");
      default -> changed(good, defect);
    };
  }

  private byte[] changed(byte[] good, Defect defect) {
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(good);
      change(event, defect);
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What the simulator wrote is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory doesn't fail", e);
    }
  }

  private void change(ObjectNode event, Defect defect) {
    switch (defect) {
      case TYPE_UNKNOWN -> event.put("type", "teleport");
      case TIME_MISSING -> event.remove("event_time");
      case APP_MISSING -> event.remove("app_id");
      case AMOUNT_MISSING -> order(event).remove("amount_minor");
      case IDENTIFIERS_MISSING -> event.remove(IDENTIFIERS);
      case IDENTIFIERS_JUNK -> event.remove(IDENTIFIERS).put("anonymous_id", "undefined");
      case TIME_UNREADABLE -> event.put("event_time", "yesterday");
      case AMOUNT_UNREADABLE -> order(event).put("amount_minor", "a lot");
      case TIME_ABSURD -> event.put("event_time", "1970-01-01T00:00:00Z");
      case CURRENCY_FOREIGN -> order(event).put("currency", foreignCurrency());
      case OVERSIZED -> properties(event).put("note", "x".repeat(settings.oversizedBytes()));
      default -> throw new IllegalArgumentException(defect + " is no change of a field");
    }
  }

  private static ObjectNode properties(ObjectNode event) {
    return (ObjectNode) event.get("properties");
  }

  /** Makes the event an order that would be good. */
  private ObjectNode order(ObjectNode event) {
    event.put("type", "purchase");
    return event
        .putObject("properties")
        .put("order_id", "broken-" + event.get("event_id").textValue())
        .put("amount_minor", 100)
        .put("currency", settings.currency());
  }

  private String foreignCurrency() {
    return settings.currency().equals("USD") ? "EUR" : "USD";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
