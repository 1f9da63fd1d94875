package io.customerpulse.domain.cart;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What lies in one cart. At most {@value #LINE_LIMIT} lines: the least recently changed go first.
 *
 * @param lines in the order in which they came, those taken out included until they are forgotten
 * @param changedAt when anything in it last changed
 */
public record Cart(CartKey key, List<CartLine> lines, Instant changedAt) {
  public static final int LINE_LIMIT = 200;

  /** Pieces of one line; more are not counted. */
  public static final long QUANTITY_LIMIT = 1_000_000;

  /** Value of one cart in minor units; more is not counted, so that no sum can overflow. */
  public static final long VALUE_LIMIT_MINOR = 100_000_000_000_000_000L;

  /** Lines that nobody touched for so long leave silently. */
  public static final Duration LINE_LIFE = Duration.ofDays(90);

  /** How long a line that was taken out is remembered: as long as anything late still matters. */
  public static final Duration REMOVAL_LIFE = Duration.ofDays(7);

  static Cart empty(CartKey key, Instant at) {
    return new Cart(key, List.of(), at);
  }

  /**
   * What an event did to a cart.
   *
   * @param changed whether any line differs from before
   * @param grew whether a line was added or a quantity grew
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
    return kept.size() == lines.size() ? this : new Cart(key, List.copyOf(kept), changedAt);
  }

  Change with(CartChange change, Instant at) {
    List<CartLine> next = new ArrayList<>(lines);
    boolean grew = false;
    if (change.action() == CartAction.CLEAR) {
      takeOut(next, line -> true, at);
    } else {
      for (Line wanted : change.lines()) {
        grew |= apply(next, change.action(), wanted, at);
      }
    }
    return changed(next, grew, at);
  }

  /** Takes whole lines out, as an order does. */
  Change without(Collection<String> skuIds, Instant at) {
    List<CartLine> next = new ArrayList<>(lines);
    takeOut(next, line -> skuIds.contains(line.line().skuId()), at);
    return changed(next, false, at);
  }

  private Change changed(List<CartLine> next, boolean grew, Instant at) {
    int dropped = 0;
    while (next.size() > LINE_LIMIT && count(next) > LINE_LIMIT) {
      next.remove(leastRecent(next, true));
      dropped++;
    }
    while (next.size() > 2 * LINE_LIMIT) {
      next.remove(leastRecent(next, false));
    }
    if (saysSame(next)) {
      return new Change(this, false, false, 0);
    }
    Instant latest = at.isAfter(changedAt) ? at : changedAt;
    return new Change(new Cart(key, List.copyOf(next), latest), true, grew, dropped);
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

  private static void takeOut(List<CartLine> lines, Predicate<CartLine> which, Instant at) {
    for (int i = 0; i < lines.size(); i++) {
      CartLine line = lines.get(i);
      if (line.isThere() && which.test(line) && !line.changedAt().isAfter(at)) {
        lines.set(i, new CartLine(withQuantity(line.line(), 0), at));
      }
    }
  }

  /** Applies one line of an event; says whether the line is new or grew. */
  private static boolean apply(List<CartLine> lines, CartAction action, Line wanted, Instant at) {
    int place = 0;
    while (place < lines.size() && !lines.get(place).line().skuId().equals(wanted.skuId())) {
      place++;
    }
    CartLine present = place < lines.size() ? lines.get(place) : null;
    boolean there = present != null && present.isThere();
    // Nothing older overwrites a whole value; sums don't mind the order they come in.
    boolean outdated = present != null && present.changedAt().isAfter(at);
    long before = there ? present.line().quantity() : 0;
    long after = quantityAfter(action, before, wanted.quantity(), outdated);
    if (!there) {
      if (after == 0 || outdated) {
        return false;
      }
      if (present != null) {
        lines.remove(place);
      }
      lines.add(new CartLine(withQuantity(wanted, after), at));
      return true;
    }
    Line line = withQuantity(mergedLine(action, present.line(), wanted, outdated), after);
    if (!line.equals(present.line())) {
      lines.set(place, new CartLine(line, outdated ? present.changedAt() : at));
    }
    return after > before;
  }

  private static long quantityAfter(
      CartAction action, long before, Long quantity, boolean outdated) {
    boolean whole = action == CartAction.SET || quantity == null;
    if (whole && outdated) {
      return before;
    }
    return switch (action) {
      case ADD -> Math.min(QUANTITY_LIMIT, before + quantity);
      case REMOVE -> quantity == null ? 0 : Math.max(0, before - quantity);
      case SET -> Math.min(QUANTITY_LIMIT, quantity);
      case CLEAR -> 0;
    };
  }

  /** What an event doesn't say of a line stays as it was, and a removal says nothing of it. */
  private static Line mergedLine(CartAction action, Line present, Line wanted, boolean outdated) {
    if (action == CartAction.REMOVE) {
      return present;
    }
    Line first = outdated ? present : wanted;
    Line second = outdated ? wanted : present;
    return new Line(
        present.skuId(),
        first.productId() == null ? second.productId() : first.productId(),
        first.categoryId() == null ? second.categoryId() : first.categoryId(),
        present.quantity(),
        first.unitPriceMinor() == null ? second.unitPriceMinor() : first.unitPriceMinor());
  }

  private static Line withQuantity(Line line, long quantity) {
    return new Line(
        line.skuId(), line.productId(), line.categoryId(), quantity, line.unitPriceMinor());
  }
}
