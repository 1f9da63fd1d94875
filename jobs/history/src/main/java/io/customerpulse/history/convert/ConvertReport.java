package io.customerpulse.history.convert;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of every row. */
final class ConvertReport {
  private static final int LISTED = 20;

  private final Map<String, Long> events = new TreeMap<>();
  private final List<String> listed = new ArrayList<>();
  private long rows;
  private long alone;
  private long grouped;
  private long groups;
  private long duplicates;
  private long ignored;
  private long refused;

  void row() {
    rows++;
  }

  void event(String type) {
    events.merge(type, 1L, Long::sum);
  }

  /** A row that is an event of its own. */
  void rowAlone() {
    alone++;
  }

  /** A row that gave its event a line. */
  void rowInGroup(boolean first) {
    grouped++;
    groups += first ? 1 : 0;
  }

  /** A row that says again what another of its group says. */
  void duplicate() {
    duplicates++;
  }

  void ignored() {
    ignored++;
  }

  void refused(Row row, String reason) {
    refused++;
    if (listed.size() < LISTED) {
      listed.add(row.file() + ":" + row.line() + ": " + reason);
    }
  }

  long rows() {
    return rows;
  }

  /** Row counts by fate, for accounts that must balance. */
  Map<String, Long> fates() {
    return Map.of(
        "alone", alone,
        "grouped", grouped,
        "duplicate", duplicates,
        "ignored", ignored,
        "refused", refused);
  }

  /** Event counts by type. */
  Map<String, Long> events() {
    return events;
  }

  void print(PrintWriter out) {
    long all = events.values().stream().mapToLong(Long::longValue).sum();
    out.printf(Locale.ROOT, "%,d rows became %,d events%n", rows, all);
    events.forEach((type, count) -> out.printf(Locale.ROOT, "  %-10s %,12d%n", type, count));
    out.printf(Locale.ROOT, "%,d rows are an event each%n", alone);
    out.printf(
        Locale.ROOT,
        "%,d rows were grouped into %,d events; %,d exact duplicates among them were dropped%n",
        grouped + duplicates,
        groups,
        duplicates);
    out.printf(Locale.ROOT, "%,d rows ignored by the mapping, %,d refused%n", ignored, refused);
    listed.forEach(line -> out.println("  " + line));
    if (refused > listed.size()) {
      out.printf(Locale.ROOT, "  … and %,d more%n", refused - listed.size());
    }
    if (all == 0) {
      out.println("Not one row became an event.");
    }
    out.flush();
  }
}
