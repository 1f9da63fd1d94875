package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.deadletter.PhoneMask;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The id of an event that was sent without one: a hash of what it says, so that the same event sent
 * again is a duplicate. What a second sending changes takes no part, nor does the order of fields.
 * Of a phone only its keyed hash takes part: the phone could be found by trial otherwise.
 */
final class ContentFingerprint {
  private static final Set<String> NOT_CONTENT =
      Set.of("seq", "sent_at", "received_at", "phone", "phone_hash");

  private final String content;

  private ContentFingerprint(String content) {
    this.content = content;
  }

  /** What is in a record of which no more than the type and the event id have been taken. */
  static ContentFingerprint of(ObjectNode record) {
    ObjectNode sorted = JsonNodeFactory.instance.objectNode();
    byName(record)
        .forEach(
            (name, value) -> {
              if (!NOT_CONTENT.contains(name) && !value.isNull()) {
                sorted.set(name, sorted(value));
              }
            });
    return new ContentFingerprint(PhoneMask.maskNumbers(sorted.toString()));
  }

  /** The event's id. */
  String eventId(EventType type, String phoneHash) {
    return ContentHash.of("event", type.wireName(), content, phoneHash);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      byName(object).forEach((name, value) -> sorted.set(name, sorted(value)));
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return node;
  }

  private static Map<String, JsonNode> byName(ObjectNode object) {
    Map<String, JsonNode> fields = new TreeMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
