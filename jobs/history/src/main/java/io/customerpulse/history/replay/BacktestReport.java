package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.cli.TextTable;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Changed rules beside the present ones.
 *
 * @param changed by rule id, of every rule that would be in force
 * @param present by rule id, of every rule that is
 */
record BacktestReport(Map<String, RuleFigures> changed, Map<String, RuleFigures> present) {
  /** Of more days a person is shown the latest; JSON has all. */
  private static final int SHOWN_DAYS = 31;

  private static final String NONE = "–";

  /** Both figures of each rule as one JSON object; null where a rule is on one side alone. */
  String json() {
    Map<String, Map<String, RuleFigures>> rules = new LinkedHashMap<>();
    for (String id : ids()) {
      Map<String, RuleFigures> sides = new LinkedHashMap<>();
      sides.put("changed", changed.get(id));
      sides.put("present", present.get(id));
      rules.put(id, sides);
    }
    return new JsonMapper().valueToTree(Map.of("rules", rules)).toPrettyString();
  }

  /** A table of each rule, the figures that differ marked. */
  void print(PrintWriter out) {
    for (String id : ids()) {
      RuleFigures next = changed.get(id);
      RuleFigures now = present.get(id);
      out.println(id);
      TextTable.print(rows(next, now), out);
      out.println();
    }
    out.println("* differs. A rule's figures may move because another rule's messages come first.");
  }

  private TreeSet<String> ids() {
    TreeSet<String> ids = new TreeSet<>(changed.keySet());
    ids.addAll(present.keySet());
    return ids;
  }

  private static List<List<String>> rows(RuleFigures next, RuleFigures now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "changed", "present", ""));
    row(rows, "  version", next, now, RuleFigures::version);
    row(rows, "  episodes", next, now, RuleFigures::episodes);
    row(rows, "  fired", next, now, RuleFigures::fired);
    keyed(rows, "    step ", next, now, RuleFigures::firedByStep);
    row(rows, "  customers reached", next, now, RuleFigures::customersReached);
    row(rows, "  would have converted", next, now, RuleFigures::converted);
    row(rows, "  their revenue (minor units)", next, now, RuleFigures::revenueMinor);
    row(rows, "  held out", next, now, RuleFigures::heldOut);
    row(rows, "  converted though held out", next, now, RuleFigures::heldOutConverted);
    row(rows, "  expired", next, now, RuleFigures::expired);
    row(rows, "  taken back", next, now, RuleFigures::cancelled);
    row(rows, "  suppressed", next, now, f -> sum(f.suppressed()));
    keyed(rows, "    by ", next, now, RuleFigures::suppressed);
    days(rows, next, now);
    return rows;
  }

  private static void days(List<List<String>> rows, RuleFigures next, RuleFigures now) {
    SortedMap<LocalDate, Long> all = new TreeMap<>();
    for (RuleFigures side : new RuleFigures[] {next, now}) {
      if (side != null) {
        all.putAll(side.firedByDay());
      }
    }
    List<LocalDate> days = List.copyOf(all.keySet());
    int from = Math.max(0, days.size() - SHOWN_DAYS);
    if (from > 0) {
      rows.add(
          List.of("  fired on the latest " + SHOWN_DAYS + " days; --json has all", "", "", ""));
    } else if (!days.isEmpty()) {
      rows.add(List.of("  fired on", "", "", ""));
    }
    for (LocalDate day : days.subList(from, days.size())) {
      row(rows, "    " + day, next, now, f -> f.firedByDay().getOrDefault(day, 0L));
    }
  }

  private static <K extends Comparable<K>> void keyed(
      List<List<String>> rows,
      String label,
      RuleFigures next,
      RuleFigures now,
      Function<RuleFigures, Map<K, Long>> counts) {
    TreeSet<K> keys = new TreeSet<>();
    for (RuleFigures side : new RuleFigures[] {next, now}) {
      if (side != null) {
        keys.addAll(counts.apply(side).keySet());
      }
    }
    for (K key : keys) {
      row(rows, label + key, next, now, f -> counts.apply(f).getOrDefault(key, 0L));
    }
  }

  private static void row(
      List<List<String>> rows,
      String label,
      RuleFigures next,
      RuleFigures now,
      ToLongFunction<RuleFigures> figure) {
    String left = next == null ? NONE : number(figure.applyAsLong(next));
    String right = now == null ? NONE : number(figure.applyAsLong(now));
    rows.add(List.of(label, left, right, left.equals(right) ? "" : "*"));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
