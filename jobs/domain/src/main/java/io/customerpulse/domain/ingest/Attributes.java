package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code attributes}: text, whole numbers, other numbers, true and false are kept as what
 * they are; objects, arrays and numbers beyond long and double as their JSON text. A null is not
 * kept.
 */
final class Attributes {
  /** Attributes of one event. */
  static final int MAX_ATTRIBUTES = 50;

  /** Characters of a name. */
  static final int MAX_NAME = 128;

  /** Characters of a value. */
  static final int MAX_VALUE = 1_024;

  private Attributes() {}

  static Map<String, Object> take(Fields fields, Repairs repairs) throws Refusal {
    ObjectNode node = fields.object("attributes");
    if (node == null || node.isEmpty()) {
      return Map.of();
    }
    if (node.size() > MAX_ATTRIBUTES) {
      throw fields.bad(
          "attributes", node.size() + " of them; at most " + MAX_ATTRIBUTES + " are allowed");
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (name.isEmpty() || name.length() > MAX_NAME) {
        throw fields.bad("attributes", "a name must have 1 to " + MAX_NAME + " characters");
      }
      if (!field.getValue().isNull()) {
        Object value = value(name, field.getValue(), repairs);
        if (value instanceof String text && text.length() > MAX_VALUE) {
          throw fields.bad(
              "attributes." + Fields.quote(name),
              text.length() + " characters; at most " + MAX_VALUE + " are allowed");
        }
        attributes.put(name, value);
      }
    }
    return Collections.unmodifiableMap(attributes);
  }

  private static Object value(String name, JsonNode value, Repairs repairs) {
    if (name.equalsIgnoreCase("phone")) {
      repairs.note(Repair.PHONE_MASKED);
      return "***";
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    String text = value.isTextual() ? value.textValue() : value.toString();
    String masked = repairs.maskPhones(text);
    if (!value.isNumber() || !masked.equals(text)) {
      return masked;
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? (Object) value.longValue() : text;
    }
    double number = value.doubleValue();
    return Double.isFinite(number) ? (Object) number : text;
  }
}
