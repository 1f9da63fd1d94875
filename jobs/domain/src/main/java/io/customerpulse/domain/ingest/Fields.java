package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one JSON object. Taking a field removes it, so that what is left at the end is what
 * the contract doesn't know. A JSON null and an empty text count as not sent.
 */
final class Fields {
  /** Characters of an identifier or another id. */
  static final int MAX_ID = 256;

  private static final int MAX_SHOWN = 60;
  private static final int MAX_LONG_DIGITS = 18;

  private final String path;
  private final ObjectNode node;
  private final DeadLetterCode wrongType;

  private Fields(String path, ObjectNode node, DeadLetterCode wrongType) {
    this.path = path;
    this.node = node;
    this.wrongType = wrongType;
  }

  /** The fields of the record itself: a value of the wrong JSON type is a wrong shape. */
  static Fields ofEnvelope(ObjectNode node) {
    return new Fields("", node, DeadLetterCode.WRONG_SHAPE);
  }

  /** The fields of an object within: a value of the wrong JSON type is a bad value. */
  Fields within(String name, ObjectNode child) {
    return new Fields(path + name + '.', child, DeadLetterCode.BAD_VALUE);
  }

  /** What is left. */
  Collection<Map.Entry<String, JsonNode>> rest() {
    return node.properties();
  }

  /** The field as it stands, or null; it stays. */
  JsonNode peek(String name) {
    return node.get(name);
  }

  /** The field, or null. */
  JsonNode take(String name) {
    JsonNode value = node.remove(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Text of at most so many characters (UTF-16 units), without null characters; or null. */
  String text(String name, int maxLength) throws Refusal {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrongType(name, value, "text");
    }
    String text = value.textValue();
    if (text.length() > maxLength) {
      throw bad(name, text.length() + " characters; at most " + maxLength + " are allowed");
    }
    if (text.indexOf('\0') >= 0) {
      throw bad(name, "a null character");
    }
    return text.isEmpty() ? null : text;
  }

  String requiredText(String name, int maxLength) throws Refusal {
    return required(name, text(name, maxLength));
  }

  /** Text of at most {@value #MAX_ID} characters without control characters; or null. */
  String id(String name) throws Refusal {
    String id = text(name, MAX_ID);
    if (id != null) {
      for (int i = 0; i < id.length(); i++) {
        if (Character.isISOControl(id.charAt(i))) {
          throw bad(name, "a control character in an id");
        }
      }
    }
    return id;
  }

  String requiredId(String name) throws Refusal {
    return required(name, id(name));
  }

  /** A whole number within bounds, or null. 1990.0 is whole. */
  Long whole(String name, long min, long max) throws Refusal {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrongType(name, value, "a number");
    }
    BigDecimal number = value.decimalValue();
    if (!isWhole(number)
        || number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw bad(name, show(value) + " is not a whole number from " + min + " to " + max);
    }
    return number.longValue();
  }

  long requiredWhole(String name, long min, long max) throws Refusal {
    return required(name, whole(name, min, max));
  }

  /** A number, cut to what is whole of it and to bounds that no meaning lies beyond; or null. */
  Long wholePart(String name, long bound) throws Refusal {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrongType(name, value, "a number");
    }
    BigDecimal number = value.decimalValue();
    BigDecimal limit = BigDecimal.valueOf(bound);
    if (number.compareTo(limit) > 0) {
      return bound;
    }
    return number.compareTo(limit.negate()) < 0 ? Long.valueOf(-bound) : number.longValue();
  }

  Boolean bool(String name) throws Refusal {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrongType(name, value, "true or false");
    }
    return value.booleanValue();
  }

  boolean bool(String name, boolean absent) throws Refusal {
    Boolean value = bool(name);
    return value == null ? absent : value;
  }

  /** One of the values by their names in JSON, or null. */
  <E> E oneOf(String name, Map<String, E> allowed) throws Refusal {
    String text = text(name, MAX_ID);
    if (text == null) {
      return null;
    }
    E value = allowed.get(text);
    if (value == null) {
      throw bad(name, quote(text) + " is none of " + names(allowed.keySet()));
    }
    return value;
  }

  /** An instant in milliseconds, from ISO-8601 with an offset or epoch milliseconds; or null. */
  Instant time(String name) throws Refusal {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      BigDecimal millis = value.decimalValue();
      if (!isWhole(millis) || millis.precision() - millis.scale() > MAX_LONG_DIGITS) {
        throw bad(name, show(value) + " is not a time in whole epoch milliseconds");
      }
      return Instant.ofEpochMilli(millis.longValue());
    }
    if (!value.isTextual()) {
      throw wrongType(name, value, "a time");
    }
    try {
      return IsoTime.parse(value.textValue());
    } catch (DateTimeException e) {
      throw bad(
          name,
          quote(value.textValue())
              + " is not an ISO-8601 time with an offset (2024-03-01T10:00:00+08:00),"
              + " nor epoch milliseconds as a number");
    }
  }

  ObjectNode object(String name) throws Refusal {
    JsonNode value = take(name);
    if (value != null && !(value instanceof ObjectNode)) {
      throw wrongType(name, value, "an object");
    }
    return (ObjectNode) value;
  }

  ArrayNode array(String name) throws Refusal {
    JsonNode value = take(name);
    if (value != null && !(value instanceof ArrayNode)) {
      throw wrongType(name, value, "an array");
    }
    return (ArrayNode) value;
  }

  <T> T required(String name, T value) throws Refusal {
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  Refusal missing(String name) {
    return new Refusal(DeadLetterCode.MISSING_FIELD, path + name + " is missing");
  }

  Refusal bad(String name, String problem) {
    return new Refusal(DeadLetterCode.BAD_VALUE, path + name + ": " + problem);
  }

  private Refusal wrongType(String name, JsonNode value, String expected) {
    return new Refusal(
        wrongType, path + name + ": must be " + expected + ", is " + describe(value));
  }

  /** What a value is, without what it says: a phone may stand anywhere. */
  static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> "null";
    };
  }

  static String quote(String text) {
    return '"' + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + '"';
  }

  static String names(Set<String> allowed) {
    return String.join(", ", allowed);
  }

  private static String show(JsonNode number) {
    String text = number.asText();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static boolean isWhole(BigDecimal number) {
    return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
  }
}
