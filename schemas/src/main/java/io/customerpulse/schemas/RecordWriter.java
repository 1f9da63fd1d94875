package io.customerpulse.schemas;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;

/**
 * Writes generated records of one schema in Avro's binary form. Avro's own writer works out for
 * every single value which conversion applies and which branch of a union is meant; here that is
 * done once, and a record is written several times as fast. Kinds of schemas that no topic has are
 * refused when the writer is made.
 */
final class RecordWriter {

  /** Writes the values of one schema. */
  @FunctionalInterface
  private interface Part {
    void write(Object value, Encoder out) throws IOException;
  }

  /** Writes values of one class: a branch of a union. */
  private record Branch(Class<?> type, Part part) {}

  private final Part record;

  RecordWriter(Schema schema) {
    record = record(schema);
  }

  /**
   * Writes one record.
   *
   * @throws AvroTypeException if a field has a value that its schema doesn't allow
   */
  void write(IndexedRecord value, Encoder out) throws IOException {
    record.write(value, out);
  }

  // The constants of a generated enum are declared in the order of the schema's symbols.
  @SuppressWarnings("EnumOrdinal")
  private static Part part(Schema schema) {
    LogicalType logicalType = schema.getLogicalType();
    if (logicalType != null) {
      return logical(logicalType);
    }
    return switch (schema.getType()) {
      case STRING -> (value, out) -> out.writeString((String) value);
      case INT -> (value, out) -> out.writeInt((Integer) value);
      case LONG -> (value, out) -> out.writeLong((Long) value);
      case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
      case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
      case ENUM -> (value, out) -> out.writeEnum(((Enum<?>) value).ordinal());
      case RECORD -> record(schema);
      case ARRAY -> array(part(schema.getElementType()));
      case MAP -> map(part(schema.getValueType()));
      case UNION -> union(schema);
      default -> throw new IllegalArgumentException("No topic has a " + schema.getType());
    };
  }

  private static Part logical(LogicalType type) {
    if (!(type instanceof LogicalTypes.TimestampMillis)) {
      throw new IllegalArgumentException("No topic has a " + type.getName());
    }
    return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
  }

  private static Part record(Schema schema) {
    List<Schema.Field> fields = schema.getFields();
    Part[] parts = fields.stream().map(field -> part(field.schema())).toArray(Part[]::new);
    return (value, out) -> {
      IndexedRecord record = (IndexedRecord) value;
      for (int i = 0; i < parts.length; i++) {
        Object fieldValue = record.get(i);
        try {
          parts[i].write(fieldValue, out);
        } catch (ClassCastException | NullPointerException e) {
          String field = schema.getFullName() + '.' + fields.get(i).name();
          throw new AvroTypeException(field + " cannot be " + fieldValue, e);
        }
      }
    };
  }

  private static Part array(Part element) {
    return (value, out) -> {
      Collection<?> elements = (Collection<?>) value;
      out.writeArrayStart();
      out.setItemCount(elements.size());
      for (Object each : elements) {
        out.startItem();
        element.write(each, out);
      }
      out.writeArrayEnd();
    };
  }

  private static Part map(Part valuePart) {
    return (value, out) -> {
      Map<?, ?> map = (Map<?, ?>) value;
      out.writeMapStart();
      out.setItemCount(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.startItem();
        out.writeString((String) entry.getKey());
        valuePart.write(entry.getValue(), out);
      }
      out.writeMapEnd();
    };
  }

  private static Part union(Schema schema) {
    Branch[] branches = schema.getTypes().stream().map(RecordWriter::branch).toArray(Branch[]::new);
    return (value, out) -> {
      for (int i = 0; i < branches.length; i++) {
        Class<?> type = branches[i].type();
        if (type == null ? value == null : type.isInstance(value)) {
          out.writeIndex(i);
          branches[i].part().write(value, out);
          return;
        }
      }
      throw new ClassCastException("No branch of the union " + schema);
    };
  }

  private static Branch branch(Schema schema) {
    if (schema.getLogicalType() != null) {
      return new Branch(Instant.class, logical(schema.getLogicalType()));
    }
    return switch (schema.getType()) {
      case NULL -> new Branch(null, (value, out) -> out.writeNull());
      case STRING -> new Branch(String.class, part(schema));
      case INT -> new Branch(Integer.class, part(schema));
      case LONG -> new Branch(Long.class, part(schema));
      case DOUBLE -> new Branch(Double.class, part(schema));
      case BOOLEAN -> new Branch(Boolean.class, part(schema));
      case ARRAY -> new Branch(Collection.class, part(schema));
      case MAP -> new Branch(Map.class, part(schema));
      default -> new Branch(SpecificData.get().getClass(schema), part(schema));
    };
  }
}
