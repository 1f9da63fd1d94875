package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The characters of one record → why it is no JSON object, with the place counted in characters as
 * a person counts them.
 *
 * <p>Not thread-safe: the buffers are used again for each record.
 */
final class JsonCharacters {
  /** The parser quotes what it can't read, which may be a phone with letters beside it. */
  private static final Pattern DIGITS_OF_A_TOKEN = Pattern.compile("'[^']*\\p{Nd}{5}[^']*'");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final ObjectReader reader;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private CharBuffer characters = CharBuffer.allocate(4 << 10);

  /**
   * @param factory with the bounds of records
   */
  JsonCharacters(JsonFactory factory) {
    reader =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(new JsonRecord.BoundedNumbers())
            .build()
            .reader();
  }

  /** The object that the bytes are. */
  ObjectNode parse(byte[] raw) throws Refusal {
    decode(raw);
    int start = characters.hasRemaining() && characters.get(0) == BYTE_ORDER_MARK ? 1 : 0;
    JsonNode root = parse(characters.array(), start, characters.remaining() - start);
    if (!(root instanceof ObjectNode object)) {
      throw new Refusal(
          DeadLetterCode.WRONG_SHAPE,
          "The record is " + Form.describe(root) + "; a tracking event is a JSON object");
    }
    return object;
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
    return parser.getParsingContext().getNestingDepth() > JsonRecord.MAX_DEPTH
        ? new Refusal(
            DeadLetterCode.WRONG_SHAPE, "Nested more than " + JsonRecord.MAX_DEPTH + " levels deep")
        : unthinkableNumber();
  }

  private static Refusal unthinkableNumber() {
    return new Refusal(
        DeadLetterCode.BAD_VALUE,
        "A number has more than "
            + JsonRecord.MAX_NUMBER_LENGTH
            + " characters, or an exponent beyond "
            + JsonRecord.MAX_EXPONENT);
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
}
