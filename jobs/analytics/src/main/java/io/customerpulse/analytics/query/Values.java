package io.customerpulse.analytics.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/** Values of results as JSON: times as ISO-8601 in UTC, maps by name, what is unset as null. */
final class Values {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Values() {}

  /**
   * A value as JSON.
   *
   * @param type says the names within a row, which the row itself doesn't
   */
  static JsonNode json(Object value, LogicalType type) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Row row) {
      return object(row, (RowType) type);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, JsonNode> byName = new TreeMap<>();
      map.forEach(
          (name, entry) ->
              byName.put(String.valueOf(name), json(entry, ((MapType) type).getValueType())));
      ObjectNode object = JSON.objectNode();
      object.setAll(byName);
      return object;
    }
    if (value instanceof Object[] values) {
      ArrayNode array = JSON.arrayNode();
      for (Object element : values) {
        array.add(json(element, ((ArrayType) type).getElementType()));
      }
      return array;
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    return value instanceof Number number ? number(number) : JSON.textNode(value.toString());
  }

  private static JsonNode number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return JSON.numberNode(number.doubleValue());
    }
    return number instanceof BigDecimal decimal
        ? JSON.numberNode(decimal)
        : JSON.numberNode(number.longValue());
  }

  private static JsonNode object(Row row, RowType type) {
    ObjectNode object = JSON.objectNode();
    for (int i = 0; i < row.getArity(); i++) {
      object.set(type.getFieldNames().get(i), json(row.getField(i), type.getTypeAt(i)));
    }
    return object;
  }

  /** One cell's text: what is nested as JSON. */
  static String text(Object value, LogicalType type, String ofNull) {
    if (value == null) {
      return ofNull;
    }
    JsonNode json = json(value, type);
    return json.isTextual() ? json.textValue() : json.toString();
  }
}
