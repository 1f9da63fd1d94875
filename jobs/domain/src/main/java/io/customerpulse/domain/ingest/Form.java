package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a JSON value says, however it is spelled: a number or a truth value as text, a list as PHP
 * writes one. The fields of a record and the fingerprint of its content both go by these forms, so
 * that what reads the same has the same fingerprint.
 *
 * @param expected what it must be, for a person
 * @param reading null where a value says no such thing
 * @param writing what is said, in one spelling
 */
record Form<T>(
    String expected, Function<JsonNode, T> reading, Function<? super T, String> writing) {

  static final Form<String> TEXT = new Form<>("text", Form::text, Form::quoted);

  /** Text; a whole number stands for its digits. */
  static final Form<String> NAME = new Form<>("text", Form::name, Form::quoted);

  /** What is no container as text, whatever it is: true is "true", 0 and 0.0 are "0". */
  static final Form<String> PLAIN = new Form<>("text", Form::plain, Form::quoted);

  /** A name of a closed list, in small letters. */
  static final Form<String> KEYWORD = new Form<>("text", Form::keyword, Form::quoted);

  static final Form<BigDecimal> NUMBER = new Form<>("a number", Form::number, Form::exactly);

  static final Form<Boolean> TRUTH = new Form<>("true or false", Form::truth, String::valueOf);

  static final Form<SentTime> TIME = new Form<>("a time", SentTime::of, SentTime::toString);

  /**
   * An object; PHP writes one without fields as an empty list. What is within is written by itself.
   */
  static final Form<ObjectNode> OBJECT = new Form<>("an object", Form::object, value -> null);

  /**
   * A list; PHP writes one with gaps as an object whose names are the places. What is within is
   * written by itself.
   */
  static final Form<List<JsonNode>> LIST = new Form<>("an array", Form::list, value -> null);

  private static final int MAX_DIGITS = 256;
  private static final int PLAIN_DIGITS = 20;

  /** Whether a field counts as not sent. */
  static boolean isAbsent(JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isTextual() && Characters.strip(value.textValue()).isEmpty());
  }

  /** Whether there is nothing in it: it is absent, or empty, or all its fields are. */
  static boolean saysNothing(JsonNode value) {
    if (isAbsent(value) || (value.isContainerNode() && value.isEmpty())) {
      return true;
    }
    return value instanceof ObjectNode object
        && object.properties().stream().allMatch(field -> saysNothing(field.getValue()));
  }

  /** What the value says, or null where it is none of this form. */
  T read(JsonNode value) {
    return reading.apply(value);
  }

  /** In one spelling what a value says, or how it was sent where it is none of this form. */
  String written(T value, JsonNode sent) {
    return value == null ? asSent(sent) : writing.apply(value);
  }

  /**
   * A value of no known form in one spelling: numbers exactly, texts without blanks at their ends,
   * fields by name. Null where it says nothing.
   */
  static String asSent(JsonNode value) {
    if (saysNothing(value)) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      Map<String, String> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String written = asSent(field.getValue());
        if (written != null) {
          fields.put(quoted(field.getKey()), written);
        }
      }
      return fields.toString();
    }
    if (value instanceof ArrayNode array) {
      List<String> elements = new ArrayList<>(array.size());
      array.forEach(element -> elements.add(asSent(element)));
      return elements.toString();
    }
    if (value.isNumber()) {
      return exactly(value.decimalValue());
    }
    return value.isTextual() ? quoted(text(value)) : value.toString();
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

  private static String text(JsonNode value) {
    return value.isTextual() ? Characters.strip(value.textValue()) : null;
  }

  private static String name(JsonNode value) {
    if (!value.isNumber()) {
      return text(value);
    }
    BigDecimal number = value.decimalValue();
    boolean isShort = number.precision() - (long) number.scale() <= MAX_DIGITS;
    return isShort && isWhole(number)
        ? number.stripTrailingZeros().toBigInteger().toString()
        : null;
  }

  private static String plain(JsonNode value) {
    String name = name(value);
    return name != null || value.isContainerNode() ? name : value.asText();
  }

  private static String keyword(JsonNode value) {
    String name = name(value);
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isTextual() ? number(Characters.strip(value.textValue())) : null;
  }

  /**
   * The number that a text spells as JSON would, but for zeros and a plus before it, within the
   * bounds of JSON's; or null.
   */
  static BigDecimal number(String text) {
    if (text.isEmpty() || text.length() > JsonRecord.MAX_NUMBER_LENGTH) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("+-.0123456789Ee".indexOf(text.charAt(i)) < 0) {
        return null;
      }
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return JsonRecord.isBounded(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Boolean truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isTextual()) {
      return switch (Characters.strip(value.textValue()).toLowerCase(Locale.ROOT)) {
        case "true", "yes", "1" -> true;
        case "false", "no", "0" -> false;
        default -> null;
      };
    }
    if (!value.isNumber()) {
      return null;
    }
    BigDecimal number = value.decimalValue();
    if (number.signum() == 0) {
      return false;
    }
    return number.compareTo(BigDecimal.ONE) == 0 ? true : null;
  }

  private static ObjectNode object(JsonNode value) {
    if (value instanceof ArrayNode array && array.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    return value instanceof ObjectNode object ? object : null;
  }

  private static List<JsonNode> list(JsonNode value) {
    List<JsonNode> elements = new ArrayList<>(value.size());
    if (value instanceof ArrayNode array) {
      array.forEach(elements::add);
      return elements;
    }
    if (!(value instanceof ObjectNode object)) {
      return null;
    }
    Map<String, JsonNode> byPlace =
        new TreeMap<>(
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!isPlace(field.getKey())) {
        return null;
      }
      byPlace.put(field.getKey(), field.getValue());
    }
    elements.addAll(byPlace.values());
    return elements;
  }

  /** A whole number as PHP writes it: so the shorter one is the smaller one. */
  private static boolean isPlace(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return !name.isEmpty() && (name.length() == 1 || name.charAt(0) != '0');
  }

  static boolean isWhole(BigDecimal number) {
    return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** Whole numbers of usual length in plain digits, so that a phone among them is seen as one. */
  private static String exactly(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() <= 0 && shortest.precision() - (long) shortest.scale() <= PLAIN_DIGITS
        ? shortest.toBigInteger().toString()
        : shortest.unscaledValue() + "e" + -(long) shortest.scale();
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
