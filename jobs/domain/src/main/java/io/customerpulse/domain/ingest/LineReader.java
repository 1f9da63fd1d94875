package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.event.Line;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of one cart change or order. */
final class LineReader {
  /** Lines of one event. */
  static final int MAX_LINES = 500;

  /** Pieces of one line. */
  static final long MAX_QUANTITY = 1_000_000;

  /** One hundred million yuan for a piece. */
  static final long MAX_PRICE_MINOR = 10_000_000_000L;

  private final Extras extras;
  private final Repairs repairs;

  LineReader(Extras extras, Repairs repairs) {
    this.extras = extras;
    this.repairs = repairs;
  }

  /** The lines of an order: each has a quantity, and a missing price is noted. */
  List<Line> takePriced(Fields properties) throws Refusal {
    List<Line> lines = take(properties, 1L);
    for (Line line : lines) {
      if (line.unitPriceMinor() == null) {
        repairs.note(Repair.PRICE_MISSING);
      }
    }
    return lines;
  }

  /** The lines, of which there may be none. */
  List<Line> take(Fields properties, Long quantityIfAbsent) throws Refusal {
    ArrayNode nodes = properties.array("lines");
    if (nodes == null || nodes.isEmpty()) {
      return List.of();
    }
    if (nodes.size() > MAX_LINES) {
      throw properties.bad(
          "lines", nodes.size() + " of them; at most " + MAX_LINES + " are allowed");
    }
    List<Line> lines = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      lines.add(line(properties, nodes.get(i), "lines[" + i + ']', quantityIfAbsent));
    }
    return List.copyOf(lines);
  }

  private Line line(Fields properties, JsonNode node, String name, Long quantityIfAbsent)
      throws Refusal {
    if (!(node instanceof ObjectNode object)) {
      throw properties.bad(name, "must be an object, is " + Fields.describe(node));
    }
    Fields fields = properties.within(name, object);
    String skuId = fields.requiredId("sku_id");
    String productId = fields.id("product_id");
    String categoryId = fields.id("category_id");
    Long quantity = fields.whole("quantity", 0, MAX_QUANTITY);
    Long unitPriceMinor = fields.whole("unit_price_minor", 0, MAX_PRICE_MINOR);
    extras.addRest(name + '.', fields);
    return new Line(
        skuId,
        productId,
        categoryId,
        quantity == null ? quantityIfAbsent : quantity,
        unitPriceMinor);
  }
}
