package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A cart as a list of its lines, moved piece by piece. */
final class NaiveCart {
  private static final int LINES = 200;

  /** A line and when it last changed, or was spoken of. */
  private record Placed(Line line, Instant changedAt) {}

  private List<Placed> placed = new ArrayList<>();

  List<Line> lines() {
    return placed.stream().map(Placed::line).toList();
  }

  void forget(Instant unchangedSince) {
    placed.removeIf(line -> !line.changedAt().isAfter(unchangedSince));
  }

  void takeOut(String skuId) {
    placed.removeIf(line -> line.line().skuId().equals(skuId));
  }

  void apply(CartChange change, Instant at) {
    List<Line> lines = new ArrayList<>(lines());
    switch (change.action()) {
      case ADD -> change.lines().forEach(said -> add(lines, said));
      case REMOVE -> change.lines().forEach(said -> remove(lines, said));
      case CLEAR -> lines.clear();
      case SET, REPLACE -> set(lines, change);
    }
    Set<String> named = new LinkedHashSet<>();
    change.lines().forEach(line -> named.add(line.skuId()));
    placed = placed(lines, named, at);
    while (placed.size() > LINES) {
      placed.remove(Collections.min(placed, Comparator.comparing(Placed::changedAt)));
    }
  }

  /** A line that is as it was, and that nobody spoke of, has not been touched. */
  private List<Placed> placed(List<Line> lines, Set<String> named, Instant at) {
    List<Placed> next = new ArrayList<>();
    for (Line line : lines) {
      next.add(
          placed.stream()
              .filter(old -> old.line().equals(line) && !named.contains(line.skuId()))
              .findFirst()
              .orElse(new Placed(line, at)));
    }
    return next;
  }

  private static void add(List<Line> lines, Line said) {
    Line last = null;
    for (Line line : lines) {
      if (line.skuId().equals(said.skuId())
          && (said.unitPriceMinor() == null
              || line.unitPriceMinor() == null
              || line.unitPriceMinor().equals(said.unitPriceMinor()))) {
        last = line;
      }
    }
    if (last != null) {
      lines.set(lines.indexOf(last), told(last, said, last.quantity() + said.quantity()));
    } else if (said.quantity() > 0) {
      lines.add(told(lastOf(lines, said.skuId()), said, said.quantity()));
    }
  }

  private static void remove(List<Line> lines, Line said) {
    if (said.quantity() == null) {
      lines.removeIf(line -> line.skuId().equals(said.skuId()));
      return;
    }
    for (long piece = 0; piece < said.quantity(); piece++) {
      removePiece(lines, said.skuId());
    }
  }

  private static void removePiece(List<Line> lines, String skuId) {
    Line last = lastOf(lines, skuId);
    if (last != null && last.quantity() == 1) {
      lines.remove(last);
    } else if (last != null) {
      lines.set(lines.indexOf(last), told(last, last, last.quantity() - 1));
    }
  }

  private static void set(List<Line> lines, CartChange change) {
    List<Line> said = new ArrayList<>();
    change.lines().forEach(line -> add(said, line));
    Set<String> named = new LinkedHashSet<>();
    change.lines().forEach(line -> named.add(line.skuId()));
    if (change.action() == CartAction.REPLACE) {
      lines.removeIf(line -> !named.contains(line.skuId()));
    }
    for (String skuId : named) {
      List<Line> ofSku = said.stream().filter(line -> line.skuId().equals(skuId)).toList();
      Line last = lastOf(lines, skuId);
      if (last != null && ofSku.size() == 1 && ofSku.get(0).unitPriceMinor() == null) {
        setPieces(lines, ofSku.get(0));
      } else {
        setLines(lines, skuId, ofSku);
      }
    }
  }

  /** As many pieces as are said, at the prices that they have. */
  private static void setPieces(List<Line> lines, Line said) {
    while (pieces(lines, said.skuId()) > said.quantity()) {
      removePiece(lines, said.skuId());
    }
    Line last = lastOf(lines, said.skuId());
    long missing = said.quantity() - pieces(lines, said.skuId());
    lines.set(lines.indexOf(last), told(last, said, last.quantity() + missing));
  }

  private static void setLines(List<Line> lines, String skuId, List<Line> said) {
    Line known = lastOf(lines, skuId);
    List<Line> next = new ArrayList<>();
    List<Line> fresh = new ArrayList<>(said);
    for (Line line : lines) {
      if (!line.skuId().equals(skuId)) {
        next.add(line);
        continue;
      }
      for (Line each : said) {
        boolean takesPrice = line.unitPriceMinor() == null && each == said.get(0);
        if (takesPrice || each.unitPriceMinor().equals(line.unitPriceMinor())) {
          next.add(told(line, each, each.quantity()));
          fresh.remove(each);
        }
      }
    }
    fresh.forEach(each -> next.add(told(known, each, each.quantity())));
    lines.clear();
    lines.addAll(next);
  }

  /** Null where there is none. */
  private static Line lastOf(List<Line> lines, String skuId) {
    Line last = null;
    for (Line line : lines) {
      last = line.skuId().equals(skuId) ? line : last;
    }
    return last;
  }

  static long pieces(List<Line> lines, String skuId) {
    return lines.stream()
        .filter(line -> line.skuId().equals(skuId))
        .mapToLong(Line::quantity)
        .sum();
  }

  /** What isn't said of a line is what was known, but a line at another price has its own. */
  private static Line told(Line known, Line said, long quantity) {
    Line old = known == null ? said : known;
    return new Line(
        said.skuId(),
        said.productId() == null ? old.productId() : said.productId(),
        said.categoryId() == null ? old.categoryId() : said.categoryId(),
        quantity,
        said.unitPriceMinor() == null ? old.unitPriceMinor() : said.unitPriceMinor());
  }
}
