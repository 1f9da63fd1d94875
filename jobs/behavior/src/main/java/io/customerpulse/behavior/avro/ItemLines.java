package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.Line;
import io.customerpulse.schemas.ItemLine;
import java.util.ArrayList;
import java.util.List;

/** Lines of carts and orders, to Avro and back; null where there are none. */
final class ItemLines {
  private ItemLines() {}

  static List<ItemLine> toAvro(List<Line> lines) {
    if (lines == null) {
      return null;
    }
    List<ItemLine> items = new ArrayList<>(lines.size());
    for (Line line : lines) {
      items.add(
          new ItemLine(
              line.skuId(),
              line.productId(),
              line.categoryId(),
              line.quantity(),
              line.unitPriceMinor()));
    }
    return items;
  }

  static List<Line> fromAvro(List<ItemLine> items) {
    if (items == null) {
      return null;
    }
    List<Line> lines = new ArrayList<>(items.size());
    for (ItemLine item : items) {
      lines.add(
          new Line(
              item.getSkuId(),
              item.getProductId(),
              item.getCategoryId(),
              item.getQuantity(),
              item.getUnitPriceMinor()));
    }
    return lines;
  }
}
