package io.customerpulse.schemas;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** Any value of a schema, in the classes that are generated for it. */
final class RandomRecord {
  private final Random random;

  RandomRecord(Random random) {
    this.random = random;
  }

  Object of(Schema schema) {
    if (schema.getLogicalType() != null) {
      return Instant.ofEpochMilli(random.nextLong() >> random.nextInt(20, 60));
    }
    return switch (schema.getType()) {
      case NULL -> null;
      case STRING -> text();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> constant(schema);
      case ARRAY -> array(schema);
      case MAP -> map(schema);
      case UNION -> of(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case RECORD -> record(schema);
      default -> throw new IllegalArgumentException("No value of " + schema);
    };
  }

  private IndexedRecord record(Schema schema) {
    IndexedRecord record = (IndexedRecord) SpecificData.newInstance(classOf(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema()));
    }
    return record;
  }

  private Object constant(Schema schema) {
    Object[] constants = classOf(schema).getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private List<Object> array(Schema schema) {
    List<Object> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(of(schema.getElementType()));
    }
    return elements;
  }

  private Map<String, Object> map(Schema schema) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), of(schema.getValueType()));
    }
    return map;
  }

  private String text() {
    return "购物車-é-" + Integer.toString(random.nextInt(), Character.MAX_RADIX).substring(1);
  }

  private static Class<?> classOf(Schema schema) {
    return SpecificData.get().getClass(schema);
  }
}
