package io.customerpulse.domain.cart;

import io.customerpulse.domain.event.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The lines of one cart while an event changes them. There is one per SKU and price; a line whose
 * price is unknown is the only one of its SKU, as it takes the first price that is told. What an
 * event says without a price is about the line of the SKU that came last.
 *
 * <p>An event may be older than what is known. Sums don't mind; but nothing older overwrites a
 * whole value, or brings back what was taken out.
 */
final class CartEdit {
  private final List<CartLine> lines;
  private final Instant at;
  private int dropped;

  CartEdit(List<CartLine> lines, Instant at) {
    this.lines = new ArrayList<>(lines);
    this.at = at;
  }

  /** As they are by now, those taken out included. */
  List<CartLine> lines() {
    return lines;
  }

  /** Lines of the event that are more than a cart holds. */
  int dropped() {
    return dropped;
  }

  /** Adds pieces to their line; one that isn't there yet comes to the end. */
  void add(Line added) {
    int place = placeOf(added.skuId(), added.unitPriceMinor());
    if (place >= 0) {
      put(place, added, lines.get(place).line().quantity() + added.quantity());
    } else if (added.quantity() > 0 && !isTakenOutSince(added.skuId())) {
      append(added);
    }
  }

  /** Takes pieces of a SKU away, or without a quantity all of them. */
  void remove(Line removed) {
    if (removed.quantity() == null) {
      takeOut(line -> line.skuId().equals(removed.skuId()));
    } else {
      take(removed.skuId(), removed.quantity());
    }
  }

  /** Makes of the SKUs that are named what is said of them. */
  void set(List<Line> said) {
    Map<String, List<Line>> bySku = new LinkedHashMap<>();
    said.forEach(line -> bySku.put(line.skuId(), new ArrayList<>()));
    sums(said).forEach(line -> bySku.get(line.skuId()).add(line));
    bySku.forEach(this::set);
  }

  /**
   * Makes the whole cart what is said. Of more lines than it holds the first are taken, so that the
   * same said again changes nothing.
   */
  void replace(List<Line> said) {
    List<Line> whole = sums(said);
    if (whole.size() > Cart.LINE_LIMIT) {
      dropped += whole.size() - Cart.LINE_LIMIT;
      whole = whole.subList(0, Cart.LINE_LIMIT);
    }
    Set<String> skuIds = new HashSet<>();
    whole.forEach(line -> skuIds.add(line.skuId()));
    takeOut(line -> !skuIds.contains(line.skuId()));
    set(whole);
  }

  void takeOut(Predicate<Line> which) {
    for (int i = 0; i < lines.size(); i++) {
      CartLine line = lines.get(i);
      if (line.isThere() && which.test(line.line()) && !line.changedAt().isAfter(at)) {
        lines.set(i, new CartLine(withQuantity(line.line(), 0), at));
      }
    }
  }

  /** The lines of an event, added up as in an empty cart. */
  private List<Line> sums(List<Line> said) {
    CartEdit sums = new CartEdit(List.of(), at);
    said.forEach(sums::add);
    return sums.lines.stream().map(CartLine::line).toList();
  }

  private void set(String skuId, List<Line> said) {
    boolean unpriced = said.size() == 1 && said.get(0).unitPriceMinor() == null;
    if (isChangedSince(skuId)) {
      said.forEach(this::complete);
    } else if (unpriced && placeOf(skuId, null) >= 0) {
      setPieces(said.get(0));
    } else {
      setLines(skuId, said);
    }
  }

  /** How many there are of a SKU, at whatever prices. */
  private void setPieces(Line said) {
    long missing = said.quantity() - pieces(said.skuId());
    take(said.skuId(), -missing);
    int last = placeOf(said.skuId(), null);
    put(last, said, lines.get(last).line().quantity() + Math.max(0, missing));
  }

  private void setLines(String skuId, List<Line> said) {
    Set<Long> prices = new HashSet<>();
    for (Line line : said) {
      prices.add(line.unitPriceMinor());
      int place = placeOf(skuId, line.unitPriceMinor());
      if (place < 0) {
        append(line);
      } else {
        put(place, line, line.quantity());
      }
    }
    takeOut(line -> line.skuId().equals(skuId) && !prices.contains(line.unitPriceMinor()));
  }

  /** What a line that has changed since doesn't know is told by an older event too. */
  private void complete(Line said) {
    int place = placeOf(said.skuId(), said.unitPriceMinor());
    if (place >= 0) {
      put(place, said, lines.get(place).line().quantity());
    }
  }

  /** Takes pieces of a SKU away, those of the line that came last first. */
  private void take(String skuId, long pieces) {
    long left = pieces;
    for (int i = lines.size() - 1; i >= 0 && left > 0; i--) {
      CartLine line = lines.get(i);
      if (line.isThere() && isOf(line, skuId)) {
        long taken = Math.min(left, line.line().quantity());
        put(i, line.line(), line.line().quantity() - taken);
        left -= taken;
      }
    }
  }

  private long pieces(String skuId) {
    return lines.stream()
        .filter(line -> isOf(line, skuId))
        .mapToLong(line -> line.line().quantity())
        .sum();
  }

  /** Where the line for a SKU at a price, or at any, stands; −1 where there is none. */
  private int placeOf(String skuId, Long price) {
    int place = lines.size() - 1;
    while (place >= 0 && !isFor(lines.get(place), skuId, price)) {
      place--;
    }
    return place;
  }

  private static boolean isFor(CartLine line, String skuId, Long price) {
    Long known = line.line().unitPriceMinor();
    return line.isThere()
        && isOf(line, skuId)
        && (price == null || known == null || price.equals(known));
  }

  private static boolean isOf(CartLine line, String skuId) {
    return line.line().skuId().equals(skuId);
  }

  private boolean isChangedSince(String skuId) {
    return lines.stream().anyMatch(line -> isOf(line, skuId) && line.changedAt().isAfter(at));
  }

  private boolean isTakenOutSince(String skuId) {
    return lines.stream()
        .anyMatch(line -> !line.isThere() && isOf(line, skuId) && line.changedAt().isAfter(at));
  }

  /** What an event doesn't say of a line stays as it was. */
  private void put(int place, Line said, long quantity) {
    CartLine present = lines.get(place);
    boolean outdated = present.changedAt().isAfter(at);
    Line first = outdated ? present.line() : said;
    Line second = outdated ? said : present.line();
    Line line =
        new Line(
            first.skuId(),
            either(first.productId(), second.productId()),
            either(first.categoryId(), second.categoryId()),
            Math.min(Cart.QUANTITY_LIMIT, quantity),
            either(first.unitPriceMinor(), second.unitPriceMinor()));
    if (!line.equals(present.line())) {
      lines.set(place, new CartLine(line, outdated ? present.changedAt() : at));
    }
  }

  /** A SKU at one more price is still of the product and the category that are known of it. */
  private void append(Line said) {
    int other = placeOf(said.skuId(), null);
    Line known = other < 0 ? said : lines.get(other).line();
    lines.removeIf(
        line ->
            !line.isThere()
                && isOf(line, said.skuId())
                && Objects.equals(line.line().unitPriceMinor(), said.unitPriceMinor()));
    lines.add(
        new CartLine(
            new Line(
                said.skuId(),
                either(said.productId(), known.productId()),
                either(said.categoryId(), known.categoryId()),
                Math.min(Cart.QUANTITY_LIMIT, said.quantity()),
                said.unitPriceMinor()),
            at));
  }

  private static <T> T either(T first, T second) {
    return first == null ? second : first;
  }

  private static Line withQuantity(Line line, long quantity) {
    return new Line(
        line.skuId(), line.productId(), line.categoryId(), quantity, line.unitPriceMinor());
  }
}
