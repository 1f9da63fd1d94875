package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.customerpulse.domain.deadletter.PhoneMask;
import io.customerpulse.domain.deadletter.PhoneNames;
import java.util.Map;

/** Takes plain phones out of values whose names and forms the contract leaves to the sender. */
final class OpenValues {
  /** Less is no phone, not even half of one; models of phones and versions have that many. */
  static final int FEWEST_DIGITS = 5;

  private static final JsonNode HIDDEN = TextNode.valueOf("***");

  private OpenValues() {}

  /** The value without what a name, its own or one within it, says to be a phone. */
  static JsonNode withoutPhones(String name, JsonNode value) {
    return shown(name, value, false);
  }

  /** The same, also without mobile numbers that stand alone anywhere within. */
  static JsonNode withoutNumbers(String name, JsonNode value) {
    return shown(name, value, true);
  }

  private static JsonNode shown(String name, JsonNode value, boolean withoutNumbers) {
    if (!value.isBoolean() && PhoneNames.sayPhone(name) && hasDigits(value)) {
      return HIDDEN;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode shown = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String key = field.getKey();
        shown.set(
            withoutNumbers ? PhoneMask.maskNumbers(key) : key,
            shown(key, field.getValue(), withoutNumbers));
      }
      return shown;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> shown.add(shown("", element, withoutNumbers)));
      return shown;
    }
    if (!withoutNumbers || !(value.isTextual() || isWhole(value))) {
      return value;
    }
    // Of a number its digits: 1.38E10 is one that may be a phone.
    String text = Form.PLAIN.read(value);
    String masked = PhoneMask.maskNumbers(text);
    return masked.equals(text) ? value : TextNode.valueOf(masked);
  }

  private static boolean isWhole(JsonNode value) {
    return value.isNumber() && Form.isWhole(value.decimalValue());
  }

  private static boolean hasDigits(JsonNode value) {
    return value.toString().codePoints().filter(Character::isDigit).count() >= FEWEST_DIGITS;
  }
}
