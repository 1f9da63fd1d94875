package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.event.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of one cart change or order. A line that isn't one is dropped, and noted; the
 * others stand.
 */
final class LineReader {
  /** Lines of one event; of more the first are kept. */
  static final int MAX_LINES = 2_000;

  /** Pieces of one line. */
  static final long MAX_QUANTITY = 1_000_000;

  private static final String LINES = "lines";

  private final Extras extras;
  private final Repairs repairs;

  LineReader(Extras extras, Repairs repairs) {
    this.extras = extras;
    this.repairs = repairs;
  }

  /** The lines of an order: each has a quantity, and a missing price is noted. */
  List<Line> takePriced(Fields properties) {
    List<Line> lines = takeIfAny(properties, 1L);
    for (Line line : lines) {
      if (line.unitPriceMinor() == null) {
        repairs.note(Repair.PRICE_MISSING);
      }
    }
    return lines;
  }

  /** The lines that are lines, where none is required. */
  List<Line> takeIfAny(Fields properties, Long quantityIfAbsent) {
    List<Line> lines = new ArrayList<>();
    take(properties, properties.optional(LINES, properties::list), quantityIfAbsent, lines);
    return List.copyOf(lines);
  }

  /** The lines, of which there may be none; a refusal where lines were sent and none is one. */
  List<Line> take(Fields properties, Long quantityIfAbsent) throws Refusal {
    List<JsonNode> nodes = properties.list(LINES);
    List<Line> lines = new ArrayList<>();
    Refusal first = take(properties, nodes, quantityIfAbsent, lines);
    if (first != null && lines.isEmpty()) {
      throw first;
    }
    return List.copyOf(lines);
  }

  /** Adds the lines; what is wrong with the first that is none, or null. */
  private Refusal take(
      Fields properties, List<JsonNode> nodes, Long quantityIfAbsent, List<Line> lines) {
    Refusal first = null;
    int count = nodes == null ? 0 : nodes.size();
    for (int i = 0; i < count; i++) {
      String name = LINES + '[' + i + ']';
      JsonNode node = nodes.get(i);
      try {
        if (i < MAX_LINES) {
          lines.add(line(properties, node, name, quantityIfAbsent, extras));
        } else {
          // It is content still: another order than one with another line there.
          repairs.note(Repair.LINES_CUT);
          line(properties.unnoted(), node, name, quantityIfAbsent, new Extras(new Repairs()));
        }
      } catch (Refusal e) {
        first = first == null ? e : first;
        if (i < MAX_LINES) {
          repairs.note(Repair.PROPERTY_DROPPED);
          extras.add(properties, "", name, node);
        } else {
          new Extras(new Repairs()).add(properties, "", name, node);
        }
      }
    }
    return first;
  }

  private static Line line(
      Fields properties, JsonNode node, String name, Long quantityIfAbsent, Extras extras)
      throws Refusal {
    if (!(node instanceof ObjectNode object)) {
      throw properties.bad(name, "must be an object, is " + Form.describe(node));
    }
    Fields fields = properties.within(name, object);
    JsonNode sku = fields.peek("sku_id");
    String skuId;
    try {
      skuId = fields.requiredId("sku_id");
    } catch (Refusal e) {
      fields.drop("sku_id", sku);
      throw e;
    }
    String productId = fields.optional("product_id", fields::id);
    String categoryId = fields.optional("category_id", fields::id);
    Long quantity =
        fields.optional("quantity", of -> fields.whole(of, 0, MAX_QUANTITY, Rounding.UP));
    Long unitPriceMinor = fields.optional("unit_price_minor", fields::money);
    extras.addRest(name + '.', fields);
    return new Line(
        skuId,
        productId,
        categoryId,
        quantity == null ? quantityIfAbsent : quantity,
        unitPriceMinor);
  }
}
