package io.customerpulse.history.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.history.convert.Mapping.Sort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns rows into tracking events, one JSON object per line. An event's {@code seq} is the number
 * of its (first) row, so that events of one instant keep the order of the file. Rows of one group
 * may stand anywhere, so groups are written at the end; they are kept in memory, at most {@link
 * #MAX_GROUPED_ROWS} rows.
 */
final class Converter {
  /** About 1 GB. A larger log is converted in pieces that don't cut orders apart. */
  static final int MAX_GROUPED_ROWS = 1_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final char REPLACEMENT = '\ufffd';

  private final Mapping mapping;
  private final WholeLines out;
  private final ConvertReport report;
  private final Map<List<String>, Group> groups = new LinkedHashMap<>();
  private int groupedRows;

  Converter(Mapping mapping, WholeLines out, ConvertReport report) {
    this.mapping = mapping;
    this.out = out;
    this.report = report;
  }

  /** Takes one row: an event is written, a group grows, or the report says why not. */
  void accept(Row row) throws IOException {
    report.row();
    try {
      requireWhole(row);
      Sort sort = mapping.sortOf(row);
      if (sort.type() == null) {
        report.ignored();
      } else if (sort.groupBy().isEmpty()) {
        Draft draft = draft(sort, row);
        report.rowAlone();
        write(draft);
      } else {
        group(sort, row);
      }
    } catch (RowRefusedException e) {
      report.refused(row, e.getMessage());
    }
  }

  /** Writes the groups. */
  void finish() throws IOException {
    for (Group group : groups.values()) {
      write(group.draft);
    }
    groups.clear();
    out.flush();
  }

  private static void requireWhole(Row row) throws RowRefusedException {
    if (row.flaw() != null) {
      throw new RowRefusedException(row.flaw());
    }
    int expected = row.header().width();
    if (row.cells().size() != expected) {
      throw new RowRefusedException("has " + row.cells().size() + " columns; allowed: " + expected);
    }
    for (String cell : row.cells()) {
      if (cell.indexOf(REPLACEMENT) >= 0) {
        throw new RowRefusedException("has bytes that are no text in the file's character set");
      }
    }
  }

  private void group(Sort sort, Row row) throws RowRefusedException, IOException {
    List<String> key = new ArrayList<>();
    key.add(sort.type());
    sort.groupBy().forEach(column -> key.add(row.cell(column)));
    Group group = groups.get(key);
    if (group != null && group.rows.contains(row.cells())) {
      report.duplicate();
      return;
    }
    Draft draft = draft(sort, row);
    if (++groupedRows > MAX_GROUPED_ROWS) {
      throw new IOException(
          row.file()
              + ":"
              + row.line()
              + ": more than "
              + MAX_GROUPED_ROWS
              + " rows to group; convert the log in pieces that don't cut orders apart");
    }
    if (group == null) {
      groups.put(key, new Group(draft, row.cells()));
    } else {
      group.add(draft, row.cells());
    }
    report.rowInGroup(group == null);
  }

  private Draft draft(Sort sort, Row row) throws RowRefusedException {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("type", sort.type());
    fill(event, mapping.event(), row);
    if (Collections.disjoint(names(event), EventShape.IDENTIFIERS)) {
      throw new RowRefusedException("names no customer: every identifier is empty");
    }
    event.put("seq", row.number());
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    fill(properties, sort.properties(), row);
    if (!sort.attributes().isEmpty()) {
      fill(properties.putObject("attributes"), sort.attributes(), row);
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    fill(line, sort.line(), row);
    long amount = sort.amount() == null ? 0 : sort.amount().minor(row);
    return new Draft(sort, event, properties, line, amount);
  }

  private static void fill(ObjectNode target, Map<String, Source> sources, Row row)
      throws RowRefusedException {
    for (Map.Entry<String, Source> source : sources.entrySet()) {
      JsonNode value = source.getValue().read(row);
      if (value != null) {
        target.set(source.getKey(), value);
      }
    }
  }

  private static Set<String> names(ObjectNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void write(Draft draft) throws IOException {
    out.write(JSON.writeValueAsString(draft.finished()));
    report.event(draft.sort.type());
  }

  /** An event in the making. */
  private static final class Draft {
    final Sort sort;
    final ObjectNode event;
    final ObjectNode properties;
    final ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    long amountMinor;

    Draft(Sort sort, ObjectNode event, ObjectNode properties, ObjectNode line, long amountMinor) {
      this.sort = sort;
      this.event = event;
      this.properties = properties;
      this.amountMinor = amountMinor;
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }

    ObjectNode finished() {
      if (sort.amount() != null) {
        properties.put("amount_minor", amountMinor);
      }
      if (!lines.isEmpty()) {
        properties.set("lines", lines);
      }
      event.set("properties", properties);
      return event;
    }
  }

  /** Rows that are one event. */
  private static final class Group {
    final Draft draft;
    final Set<List<String>> rows = new HashSet<>();

    Group(Draft draft, List<String> cells) {
      this.draft = draft;
      rows.add(cells);
    }

    void add(Draft other, List<String> cells) throws RowRefusedException {
      requireSame(draft.event, other.event);
      requireSame(draft.properties, other.properties);
      try {
        draft.amountMinor = Math.addExact(draft.amountMinor, other.amountMinor);
      } catch (ArithmeticException e) {
        throw new RowRefusedException("the amount of the order is too large");
      }
      draft.lines.addAll(other.lines);
      rows.add(cells);
    }

    /** The first row speaks for its group; another may differ in its place and time only. */
    private static void requireSame(ObjectNode first, ObjectNode other) throws RowRefusedException {
      for (Map.Entry<String, JsonNode> field : other.properties()) {
        String name = field.getKey();
        boolean free = name.equals("seq") || name.equals("event_time") || name.equals("event_id");
        if (!free && !field.getValue().equals(first.get(name))) {
          throw new RowRefusedException(
              name
                  + ": '"
                  + field.getValue().asText()
                  + "' differs from the first row of its group, which has '"
                  + first.path(name).asText()
                  + "'");
        }
      }
    }
  }
}
