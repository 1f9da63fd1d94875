package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code attributes}: text, whole numbers, other numbers, true and false are kept as what
 * they are; objects, arrays and numbers beyond long and double as their JSON text. What says
 * nothing isn't kept: a null, a text of blanks, an object or array without anything. What a name
 * says to be a phone is hidden; all else is as it was sent.
 */
final class Attributes {
  /** Attributes of one event. */
  static final int MAX_ATTRIBUTES = 50;

  /** Characters of a name. */
  static final int MAX_NAME = 128;

  /** Characters of a value. */
  static final int MAX_VALUE = 1_024;

  private static final String PREFIX = "attributes.";

  private Attributes() {}

  /**
   * The attributes, of which there may be none; one that isn't allowed is dropped, and noted.
   *
   * @param extras where the dropped ones go
   */
  static Map<String, Object> take(Fields fields, Extras extras, Repairs repairs) {
    ObjectNode node = fields.optional("attributes", fields::object);
    if (node == null || node.isEmpty()) {
      return Map.of();
    }
    Fields within = fields.within("attributes", node);
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      JsonNode sent = field.getValue();
      if (Form.saysNothing(sent)) {
        continue;
      }
      JsonNode shown = OpenValues.withoutPhones(name, sent);
      boolean isHidden = !shown.equals(sent);
      if (isHidden) {
        repairs.note(Repair.PHONE_MASKED);
      }
      within.record(name, sent, isHidden);
      Object value = value(shown);
      if (attributes.size() < MAX_ATTRIBUTES && isAllowed(name, value)) {
        attributes.put(name, value);
      } else {
        repairs.note(Repair.PROPERTY_DROPPED);
        extras.add(within, PREFIX, name, sent);
      }
    }
    return Collections.unmodifiableMap(attributes);
  }

  private static boolean isAllowed(String name, Object value) {
    return !name.isEmpty()
        && !Characters.isLongerThan(name, MAX_NAME)
        && !(value instanceof String text && Characters.isLongerThan(text, MAX_VALUE));
  }

  private static Object value(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    String text = value.isTextual() ? Characters.strip(value.textValue()) : value.toString();
    if (!value.isNumber()) {
      return text;
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? (Object) value.longValue() : text;
    }
    double number = value.doubleValue();
    return Double.isFinite(number) ? (Object) number : text;
  }
}
