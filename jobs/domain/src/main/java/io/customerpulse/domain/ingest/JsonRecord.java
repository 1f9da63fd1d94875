package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.google.common.base.Utf8;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The bytes of one record → the JSON object in them, or why there is none. Exactly one object is
 * taken, in strict UTF-8 and strict JSON (RFC 8259); a byte order mark before it is skipped, as
 * files written on Windows begin with one. Of a name that occurs twice the later value stands.
 *
 * <p>What is good is read in one pass over the bytes. What isn't is read again by its characters,
 * by which a person is told where and what is wrong.
 *
 * <p>Not thread-safe: the buffers are used again for each record.
 */
final class JsonRecord {
  /** Larger records are refused unread. */
  static final int MAX_BYTES = 1 << 20;

  /** The contract needs 4; unknown fields may go deeper, up to here. */
  static final int MAX_DEPTH = 32;

  /** Longer numbers cost time quadratic in their length and mean nothing. */
  static final int MAX_NUMBER_LENGTH = 100;

  /** What is larger or smaller names nothing, and a few of its digits would take all memory. */
  static final int MAX_EXPONENT = 1_000;

  /** What Unicode has for a character that couldn't be read. */
  static final char REPLACEMENT = '\uFFFD';

  private static final JsonNodeFactory NODES = new BoundedNumbers();
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .build())
          // Field names come from outside: neither may they fill the JVM's string table, nor may
          // names chosen to collide make the reader throw.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // Null bytes make a record no JSON, not one in UTF-16.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();
  private final JsonCharacters byCharacters = new JsonCharacters(factory);

  /** Whether a number has no more than an exponent of {@value #MAX_EXPONENT}. */
  static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_EXPONENT;
  }

  /**
   * The object that the bytes are.
   *
   * @param repairs where it is noted that there were halves of characters
   */
  ObjectNode parse(byte[] raw, Repairs repairs) throws Refusal {
    if (raw.length > MAX_BYTES) {
      throw new Refusal(
          DeadLetterCode.TOO_LARGE,
          "The record has " + raw.length + " bytes; at most " + MAX_BYTES + " are taken");
    }
    ObjectNode quick = Utf8.isWellFormed(raw) ? objectOrNull(raw) : null;
    ObjectNode object = quick == null ? byCharacters.parse(raw) : quick;
    return hasEscapedSurrogate(raw) ? (ObjectNode) whole(object, repairs) : object;
  }

  /** The one object that the bytes are; null where they are anything else. */
  private ObjectNode objectOrNull(byte[] raw) {
    int start = startsWithMark(raw) ? BYTE_ORDER_MARK.length : 0;
    try (JsonParser parser = factory.createParser(raw, start, raw.length - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      ObjectNode object = object(parser);
      return parser.nextToken() == null ? object : null;
    } catch (IOException | NumberFormatException e) {
      // The characters tell what it is.
      return null;
    }
  }

  private static boolean startsWithMark(byte[] raw) {
    return raw.length >= BYTE_ORDER_MARK.length
        && raw[0] == BYTE_ORDER_MARK[0]
        && raw[1] == BYTE_ORDER_MARK[1]
        && raw[2] == BYTE_ORDER_MARK[2];
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      object.set(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      array.add(value(parser, token));
    }
    return array;
  }

  private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      // Amounts are never a double, not even on their way to being refused.
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private static JsonNode whole(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /** Only an escape can smuggle half a character past the check of UTF-8. */
  private static boolean hasEscapedSurrogate(byte[] raw) {
    for (int i = 0; i + 3 < raw.length; i++) {
      if (raw[i] == '\\'
          && raw[i + 1] == 'u'
          && (raw[i + 2] == 'd' || raw[i + 2] == 'D')
          && raw[i + 3] >= '8') {
        return true;
      }
    }
    return false;
  }

  /** The value with {@link #REPLACEMENT} for every half of a character, as a cut leaves them. */
  private static JsonNode whole(JsonNode node, Repairs repairs) {
    if (node.isTextual()) {
      String text = whole(node.textValue(), repairs);
      return text.equals(node.textValue()) ? node : TextNode.valueOf(text);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        whole.set(whole(field.getKey(), repairs), whole(field.getValue(), repairs));
      }
      return whole;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode whole = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> whole.add(whole(element, repairs)));
      return whole;
    }
    return node;
  }

  private static String whole(String text, Repairs repairs) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        whole = whole == null ? new StringBuilder(text) : whole;
        whole.setCharAt(i, REPLACEMENT);
        repairs.note(Repair.TEXT_REPAIRED);
      }
    }
    return whole == null ? text : whole.toString();
  }

  /** Refuses numbers while they are read, before anything counts with them. */
  static final class BoundedNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(BigDecimal number) {
      if (!isBounded(number)) {
        throw new NumberFormatException("exponent");
      }
      return super.numberNode(number);
    }
  }
}
