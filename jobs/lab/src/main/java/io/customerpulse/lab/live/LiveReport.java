package io.customerpulse.lab.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.client.cli.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What came out, figure by figure: a table for people, JSON for programs. */
final class LiveReport {
  private static final String PREFIX = "live.";
  private static final String NOT_KNOWN = "n/a";

  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final List<List<String>> rows = new ArrayList<>();

  /** A report that says at once what was measured. */
  LiveReport(LivePlan plan) {
    json.put(PREFIX + "quick", plan.quick());
    rows.add(List.of("form", plan.quick() ? "QUICK: a first look" : "full", ""));
  }

  /** A figure that stands in both. */
  void add(String key, double value, String unit) {
    add(key, OptionalDouble.of(value), unit);
  }

  /** The same; one that couldn't be had is null in JSON, and {@value #NOT_KNOWN} in the table. */
  void add(String key, OptionalDouble value, String unit) {
    if (value.isPresent()) {
      json.put(PREFIX + key, value.getAsDouble());
    } else {
      json.putNull(PREFIX + key);
    }
    rows.add(List.of(key, value.isPresent() ? text(value.getAsDouble()) : NOT_KNOWN, unit));
  }

  /** Whether something was so. */
  void add(String key, boolean value) {
    json.put(PREFIX + key, value);
    rows.add(List.of(key, value ? "yes" : "no", ""));
  }

  /** A figure that was added and is known. */
  double figure(String key) {
    return json.get(PREFIX + key).asDouble();
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
  }

  ObjectNode json() {
    return json;
  }

  void print(PrintWriter out) {
    TextTable.print(rows, out);
    out.flush();
  }
}
