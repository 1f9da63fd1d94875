package io.customerpulse.domain.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes what {@link DocumentReader} has read as JSON on one line, which reads the same again. */
public final class DocumentWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private DocumentWriter() {}

  /** The JSON of a value, with everything below it. */
  public static String json(Node node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(node, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Node node, JsonGenerator out) throws IOException {
    if (node instanceof Node.Mapping mapping) {
      out.writeStartObject();
      for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
        out.writeFieldName(entry.getKey());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (node instanceof Node.Sequence sequence) {
      out.writeStartArray();
      for (Node item : sequence.items()) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (node instanceof Node.Scalar scalar) {
      writeText(scalar.text(), out);
    }
  }

  /** Numbers and truth values as such; all that is read again is their text. */
  private static void writeText(String text, JsonGenerator out) throws IOException {
    if (text == null) {
      out.writeNull();
    } else if (NUMBER.matcher(text).matches() || text.equals("true") || text.equals("false")) {
      out.writeRawValue(text);
    } else {
      out.writeString(text);
    }
  }
}
