package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The bytes of one record → the JSON object in them, or why there is none. Exactly one object is
 * taken, in strict UTF-8 and strict JSON (RFC 8259); a byte order mark before it is skipped, as
 * files written on Windows begin with one. Of a name that occurs twice the later value stands.
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

  /** The parser quotes what it can't read, which may be a phone with letters beside it. */
  private static final Pattern DIGITS_OF_A_TOKEN = Pattern.compile("'[^']*\\p{Nd}{5}[^']*'");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What Unicode has for a character that couldn't be read. */
  static final char REPLACEMENT = '\uFFFD';

  private final ObjectReader reader;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private CharBuffer characters = CharBuffer.allocate(4 << 10);

  JsonRecord() {
    JsonFactory factory =
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
            .build();
    reader =
        JsonMapper.builder(factory)
            // Amounts are never a double, not even on their way to being refused.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(new BoundedNumbers())
            .build()
            .reader();
  }

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
    decode(raw);
    int start = characters.hasRemaining() && characters.get(0) == BYTE_ORDER_MARK ? 1 : 0;
    JsonNode root = parse(characters.array(), start, characters.remaining() - start);
    if (!(root instanceof ObjectNode object)) {
      throw new Refusal(
          DeadLetterCode.WRONG_SHAPE,
          "The record is " + Form.describe(root) + "; a tracking event is a JSON object");
    }
    return hasEscapedSurrogate() ? (ObjectNode) whole(object, repairs) : object;
  }

  private void decode(byte[] raw) throws Refusal {
    if (characters.capacity() < raw.length) {
      characters = CharBuffer.allocate(Math.max(raw.length, characters.capacity() * 2));
    }
    characters.clear();
    utf8.reset();
    ByteBuffer bytes = ByteBuffer.wrap(raw);
    CoderResult result = utf8.decode(bytes, characters, true);
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      throw new Refusal(
          DeadLetterCode.INVALID_UTF8, "Byte " + (bytes.position() + 1) + " is not valid UTF-8");
    }
    characters.flip();
  }

  private JsonNode parse(char[] text, int start, int length) throws Refusal {
    try (JsonParser parser = reader.getFactory().createParser(text, start, length)) {
      try {
        JsonNode root = reader.readTree(parser);
        if (root == null || root.isMissingNode()) {
          throw new Refusal(DeadLetterCode.NOT_JSON, "The record is empty");
        }
        if (parser.nextToken() != null) {
          throw new Refusal(
              DeadLetterCode.NOT_JSON,
              "Something follows the JSON object; one record is one event");
        }
        return root;
      } catch (StreamConstraintsException e) {
        throw tooMuch(parser);
      } catch (NumberFormatException e) {
        // Jackson's own, for exponents beyond int, and ours.
        throw unthinkableNumber();
      }
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  private static Refusal tooMuch(JsonParser parser) {
    return parser.getParsingContext().getNestingDepth() > MAX_DEPTH
        ? new Refusal(DeadLetterCode.WRONG_SHAPE, "Nested more than " + MAX_DEPTH + " levels deep")
        : unthinkableNumber();
  }

  private static Refusal unthinkableNumber() {
    return new Refusal(
        DeadLetterCode.BAD_VALUE,
        "A number has more than "
            + MAX_NUMBER_LENGTH
            + " characters, or an exponent beyond "
            + MAX_EXPONENT);
  }

  private static Refusal notJson(IOException e) {
    String place = "";
    String reason = "The record is not JSON";
    if (e instanceof JsonProcessingException json) {
      if (json.getLocation() != null) {
        place = " at character " + json.getLocation().getColumnNr();
      }
      reason +=
          place + ": " + DIGITS_OF_A_TOKEN.matcher(json.getOriginalMessage()).replaceAll("'…'");
    }
    return new Refusal(DeadLetterCode.NOT_JSON, reason);
  }

  /** Only an escape can smuggle half a character past the UTF-8 decoder. */
  private boolean hasEscapedSurrogate() {
    char[] text = characters.array();
    for (int i = 0; i + 3 < characters.limit(); i++) {
      if (text[i] == '\\'
          && text[i + 1] == 'u'
          && (text[i + 2] == 'd' || text[i + 2] == 'D')
          && text[i + 3] >= '8') {
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
  private static final class BoundedNumbers extends JsonNodeFactory {
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
