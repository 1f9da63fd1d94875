package io.customerpulse.domain.cart;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What lies in one cart: one line per SKU and price, at most {@value #LINE_LIMIT}. The least
 * recently changed go first.
 *
 * @param lines in the order in which they came, those taken out included until they are forgotten
 * @param changedAt when anything in it last changed, or of one without lines was said
 * @param wholeAt when an event last said what the whole cart is, which nothing older may change;
 *     null where none has
 */
public record Cart(CartKey key, List<CartLine> lines, Instant changedAt, Instant wholeAt) {
  public static final int LINE_LIMIT = 200;

  /** Pieces of one line; more are not counted. */
  public static final long QUANTITY_LIMIT = 1_000_000;

  /**
   * Value of one cart in minor units, a hundred pieces of the dearest price; more is not counted,
   * so that no sum can overflow.
   */
  public static final long VALUE_LIMIT_MINOR = 100_000_000_000_000_000L;

  /** Lines that nobody touched for so long leave silently. */
  public static final Duration LINE_LIFE = Duration.ofDays(90);

  /** How long a line that was taken out is remembered: as long as anything late still matters. */
  public static final Duration REMOVAL_LIFE = Duration.ofDays(7);

  static Cart empty(CartKey key, Instant at) {
    return new Cart(key, List.of(), at, null);
  }

  /**
   * What an event did to a cart.
   *
   * @param changed whether any line differs from before
   * @param grew whether there are more pieces of any SKU
   * @param dropped lines over the limit
   */
  public record Change(Cart next, boolean changed, boolean grew, int dropped) {}

  /** The lines that are there. */
  public List<Line> contents() {
    List<Line> there = new ArrayList<>(lines.size());
    for (CartLine line : lines) {
      if (line.isThere()) {
        there.add(line.line());
      }
    }
    return Collections.unmodifiableList(there);
  }

  public boolean isEmpty() {
    return count(lines) == 0;
  }

  /** Sum of quantity times price where the price is known, in minor units. */
  public long valueMinor() {
    long sum = 0;
    for (CartLine line : lines) {
      sum += line.valueMinor();
      if (sum > VALUE_LIMIT_MINOR) {
        return VALUE_LIMIT_MINOR;
      }
    }
    return sum;
  }

  public boolean containsAny(Collection<String> skuIds) {
    return lines.stream().anyMatch(line -> line.isThere() && skuIds.contains(line.line().skuId()));
  }

  /** Without the lines that have been untouched, or gone, for too long. */
  Cart asOf(Instant now) {
    List<CartLine> kept = new ArrayList<>(lines.size());
    for (CartLine line : lines) {
      if (line.changedAt().plus(line.isThere() ? LINE_LIFE : REMOVAL_LIFE).isAfter(now)) {
        kept.add(line);
      }
    }
    return kept.size() == lines.size()
        ? this
        : new Cart(key, List.copyOf(kept), changedAt, wholeAt);
  }

  Change with(CartChange change, Instant at) {
    if (wholeAt != null && at.isBefore(wholeAt)) {
      return new Change(this, false, false, 0);
    }
    CartEdit edit = new CartEdit(lines, at);
    switch (change.action()) {
      case ADD -> change.lines().forEach(edit::add);
      case REMOVE -> change.lines().forEach(edit::remove);
      case SET -> edit.set(change.lines());
      case REPLACE, CLEAR -> edit.replace(change.lines());
    }
    Change changed = changed(edit, at, change.action().isWhole() ? at : wholeAt);
    Cart touched = changed.next().touched(change.lines(), at);
    return new Change(touched, changed.changed(), changed.grew(), changed.dropped());
  }

  /** Lines of which an event says that they are as they are don't leave as if nobody had. */
  private Cart touched(List<Line> named, Instant at) {
    Set<String> skuIds = named.stream().map(Line::skuId).collect(Collectors.toSet());
    List<CartLine> touched = new ArrayList<>(lines.size());
    for (CartLine line : lines) {
      boolean isTouched =
          line.isThere() && line.changedAt().isBefore(at) && skuIds.contains(line.line().skuId());
      touched.add(isTouched ? new CartLine(line.line(), at) : line);
    }
    return new Cart(key, List.copyOf(touched), changedAt, wholeAt);
  }

  /** Whether it has lines, be they taken out, or something late must know that it was emptied. */
  boolean saysAnything(Instant now) {
    return !lines.isEmpty() || (wholeAt != null && wholeAt.plus(REMOVAL_LIFE).isAfter(now));
  }

  /** Takes whole lines out, as an order does. */
  Change without(Collection<String> skuIds, Instant at) {
    CartEdit edit = new CartEdit(lines, at);
    edit.takeOut(line -> skuIds.contains(line.skuId()));
    return changed(edit, at, wholeAt);
  }

  private Change changed(CartEdit edit, Instant at, Instant whole) {
    List<CartLine> next = edit.lines();
    int dropped = edit.dropped();
    while (next.size() > LINE_LIMIT && count(next) > LINE_LIMIT) {
      next.remove(leastRecent(next, true));
      dropped++;
    }
    while (next.size() > 2 * LINE_LIMIT) {
      next.remove(leastRecent(next, false));
    }
    Instant latest = at.isAfter(changedAt) ? at : changedAt;
    if (saysSame(next)) {
      Instant said = lines.isEmpty() ? latest : changedAt;
      return new Change(new Cart(key, lines, said, whole), false, false, dropped);
    }
    return new Change(
        new Cart(key, List.copyOf(next), latest, whole), true, hasGrown(next), dropped);
  }

  private boolean hasGrown(List<CartLine> next) {
    Map<String, Long> before = pieces(lines);
    return pieces(next).entrySet().stream()
        .anyMatch(sku -> sku.getValue() > before.getOrDefault(sku.getKey(), 0L));
  }

  private static Map<String, Long> pieces(List<CartLine> lines) {
    Map<String, Long> pieces = new HashMap<>();
    for (CartLine line : lines) {
      pieces.merge(line.line().skuId(), line.line().quantity(), Long::sum);
    }
    return pieces;
  }

  /** Whether an event has left every line as it was, whatever it did in between. */
  private boolean saysSame(List<CartLine> next) {
    int place = 0;
    for (CartLine line : next) {
      if (line.isThere()) {
        while (place < lines.size() && !lines.get(place).isThere()) {
          place++;
        }
        if (place == lines.size() || !lines.get(place++).line().equals(line.line())) {
          return false;
        }
      }
    }
    return count(lines.subList(place, lines.size())) == 0;
  }

  private static int count(List<CartLine> lines) {
    int there = 0;
    for (CartLine line : lines) {
      there += line.isThere() ? 1 : 0;
    }
    return there;
  }

  private static CartLine leastRecent(List<CartLine> lines, boolean there) {
    return lines.stream()
        .filter(line -> line.isThere() == there)
        .min(Comparator.comparing(CartLine::changedAt))
        .orElseThrow();
  }
}
