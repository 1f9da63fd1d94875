package io.customerpulse.behavior.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Any record of a topic as one line of JSON: fields in the order of the schema, times as ISO-8601
 * in UTC, what is unset as null. Two properties of the schema ask for something else: {@code
 * "json": "absent-when-null"} on a field, and {@code "json": "embedded"} on a string that is itself
 * a JSON text. Maps are written by name, so that equal records are equal lines.
 */
public final class JsonRendering {
  private static final String PROPERTY = "json";
  private static final String ABSENT_WHEN_NULL = "absent-when-null";
  private static final String EMBEDDED = "embedded";

  private final JsonFactory json = new JsonFactory();

  /** The line, without its end. */
  public String line(SpecificRecordBase record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(line)) {
      write(record, record.getSchema(), record.getSpecificData(), generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void write(Object value, Schema schema, SpecificData model, JsonGenerator out)
      throws IOException {
    switch (schema.getType()) {
      case RECORD -> writeRecord((IndexedRecord) value, model, out);
      case UNION -> write(value, branch(value, schema, model), model, out);
      case ARRAY -> writeArray((Collection<?>) value, schema.getElementType(), model, out);
      case MAP -> writeMap((Map<?, ?>) value, schema.getValueType(), model, out);
      case STRING -> writeString(value.toString(), schema, out);
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INT -> out.writeNumber((Integer) value);
      case LONG -> writeLong(value, out);
      case DOUBLE -> out.writeNumber((Double) value);
      case ENUM -> out.writeString(value.toString());
      default -> throw new IllegalStateException("No schema here has a " + schema.getType());
    }
  }

  private static void writeRecord(IndexedRecord record, SpecificData model, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null || !ABSENT_WHEN_NULL.equals(field.getProp(PROPERTY))) {
        out.writeFieldName(field.name());
        write(value, field.schema(), model, out);
      }
    }
    out.writeEndObject();
  }

  private static void writeArray(
      Collection<?> elements, Schema schema, SpecificData model, JsonGenerator out)
      throws IOException {
    out.writeStartArray();
    for (Object element : elements) {
      write(element, schema, model, out);
    }
    out.writeEndArray();
  }

  private static void writeMap(
      Map<?, ?> map, Schema valueSchema, SpecificData model, JsonGenerator out) throws IOException {
    Map<String, Object> byName = new TreeMap<>();
    map.forEach((name, value) -> byName.put(name.toString(), value));
    out.writeStartObject();
    for (Map.Entry<String, Object> entry : byName.entrySet()) {
      out.writeFieldName(entry.getKey());
      write(entry.getValue(), valueSchema, model, out);
    }
    out.writeEndObject();
  }

  private static void writeString(String text, Schema schema, JsonGenerator out)
      throws IOException {
    if (EMBEDDED.equals(schema.getProp(PROPERTY))) {
      // Within JSON a line's end can only be white space between its tokens.
      out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(text);
    }
  }

  /** A long with a logical type comes as what it means, an Instant, whose text is ISO-8601. */
  private static void writeLong(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Long number) {
      out.writeNumber(number);
    } else {
      out.writeString(value.toString());
    }
  }

  private static Schema branch(Object value, Schema union, SpecificData model) {
    return union.getTypes().get(model.resolveUnion(union, value));
  }
}
