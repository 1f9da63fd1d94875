package io.customerpulse.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Columns from the fields of records, so that a field that is added to a schema is a column without
 * anybody's doing.
 *
 * <ul>
 *   <li>A union of records ({@code properties}) is one row with the fields of all of them: of a
 *       name that several have there is one column.
 *   <li>A value that may be of several simple types ({@code attributes}) is its text.
 *   <li>Everything may be null: what a record must have, a later one may lack.
 * </ul>
 */
final class AvroColumns {
  private static final LogicalType TEXT = VarCharType.STRING_TYPE;
  private static final LogicalType INSTANT = new LocalZonedTimestampType(3);

  private AvroColumns() {}

  /** The type of the column that holds values of a schema. */
  static LogicalType typeOf(Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> TEXT;
      case INT -> new IntType();
      case LONG -> isInstant(schema) ? INSTANT : new BigIntType();
      case DOUBLE -> new DoubleType();
      case BOOLEAN -> new BooleanType();
      case ARRAY -> new ArrayType(typeOf(schema.getElementType()));
      case MAP -> new MapType(TEXT, typeOf(schema.getValueType()));
      case RECORD -> rowOf(schema.getFields());
      case UNION -> typeOfUnion(schema);
      default -> throw new IllegalArgumentException("No schema here has a " + schema.getType());
    };
  }

  /** A value as the engine holds it in a column of {@link #typeOf}. */
  static Object valueOf(Schema schema, Object value) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> StringData.fromString(value.toString());
      case INT, DOUBLE, BOOLEAN -> value;
      case LONG -> value instanceof Instant instant ? TimestampData.fromInstant(instant) : value;
      case ARRAY -> arrayOf(schema.getElementType(), (Collection<?>) value);
      case MAP -> mapOf(schema.getValueType(), (Map<?, ?>) value);
      case RECORD -> rowOf((IndexedRecord) value, schema.getFields());
      case UNION -> valueOfUnion(schema, value);
      default -> throw new IllegalArgumentException("No schema here has a " + schema.getType());
    };
  }

  private static boolean isInstant(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  private static RowType rowOf(Collection<Schema.Field> fields) {
    List<RowType.RowField> columns = new ArrayList<>();
    for (Schema.Field field : fields) {
      columns.add(new RowType.RowField(field.name(), typeOf(field.schema()), field.doc()));
    }
    return new RowType(columns);
  }

  private static LogicalType typeOfUnion(Schema union) {
    List<Schema> branches = branches(union);
    if (branches.size() == 1) {
      return typeOf(branches.get(0));
    }
    return isOfRecords(branches) ? rowOf(fieldsOfAll(branches)) : TEXT;
  }

  private static Object valueOfUnion(Schema union, Object value) {
    List<Schema> branches = branches(union);
    if (branches.size() == 1) {
      return valueOf(branches.get(0), value);
    }
    return isOfRecords(branches)
        ? rowOf((IndexedRecord) value, fieldsOfAll(branches))
        : StringData.fromString(value.toString());
  }

  private static List<Schema> branches(Schema union) {
    return union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
  }

  private static boolean isOfRecords(List<Schema> branches) {
    return branches.stream().allMatch(branch -> branch.getType() == Schema.Type.RECORD);
  }

  private static Collection<Schema.Field> fieldsOfAll(List<Schema> records) {
    Map<String, Schema.Field> byName = new LinkedHashMap<>();
    for (Schema record : records) {
      for (Schema.Field field : record.getFields()) {
        Schema.Field other = byName.putIfAbsent(field.name(), field);
        if (other != null && !typeOf(other.schema()).equals(typeOf(field.schema()))) {
          throw new IllegalArgumentException(
              field.name() + " of " + record.getName() + " differs from that of another record");
        }
      }
    }
    return byName.values();
  }

  private static GenericRowData rowOf(IndexedRecord record, Collection<Schema.Field> columns) {
    GenericRowData row = new GenericRowData(columns.size());
    int position = 0;
    for (Schema.Field column : columns) {
      Schema.Field field = record.getSchema().getField(column.name());
      row.setField(
          position++, field == null ? null : valueOf(field.schema(), record.get(field.pos())));
    }
    return row;
  }

  private static GenericArrayData arrayOf(Schema element, Collection<?> values) {
    return new GenericArrayData(values.stream().map(value -> valueOf(element, value)).toArray());
  }

  private static GenericMapData mapOf(Schema valueSchema, Map<?, ?> map) {
    Map<Object, Object> entries = new HashMap<>();
    map.forEach(
        (name, value) ->
            entries.put(StringData.fromString(name.toString()), valueOf(valueSchema, value)));
    return new GenericMapData(entries);
  }
}
