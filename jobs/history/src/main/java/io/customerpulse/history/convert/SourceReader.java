package io.customerpulse.history.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.history.convert.EventShape.Field;
import io.customerpulse.history.convert.EventShape.Kind;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads where the values of fields come from, and remembers which columns they name. */
final class SourceReader {
  static final ValueType<String> COLUMN =
      new ValueType<>("the name of a column", Function.identity());

  private static final ValueType<String> ANY_TEXT = new ValueType<>("a text", Function.identity());
  private static final ValueType<Integer> DECIMALS = ValueType.integer(0, 4);

  private final Set<String> columns = new TreeSet<>();

  /** All columns that were named. */
  Set<String> columns() {
    return columns;
  }

  /** Notes that a mapping needs a column. */
  void need(String column) {
    columns.add(column);
  }

  /** The sources of the fields in a section; a field that must be there and isn't is a problem. */
  Map<String, Source> fields(Section section, Map<String, Field> known) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String name : new TreeSet<>(known.keySet())) {
      Field field = known.get(name);
      if (section.has(name)) {
        Source source = source(section, name, field);
        sources.put(name, field.required() ? required(name, source) : source);
      } else if (field.required()) {
        section.required(name, ANY_TEXT);
      }
    }
    return sources;
  }

  /** The sources of fields with free names, all of them texts. */
  Map<String, Source> attributes(Section section) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String name : section.keys()) {
      sources.put(name, source(section, name, Field.TEXT));
    }
    return sources;
  }

  /** What a row adds to an amount: {@code {sum: COLUMN, decimals: 2, times: COLUMN}}. */
  RowAmount amount(Section section, String name) {
    Section amount = section.section(name);
    String column = amount.required("sum", COLUMN);
    int decimals = decimals(amount);
    String times = amount.value("times", null, COLUMN);
    amount.refuseUnknownKeys();
    if (column == null) {
      return null;
    }
    Source factor = times == null ? null : converted(cells(List.of(times)), Field.WHOLE, 0);
    return new RowAmount(column, converted(cells(List.of(column)), Field.MONEY, decimals), factor);
  }

  private Source source(Section section, String name, Field field) {
    if (section.hasScalar(name)) {
      return constant(section, name, field);
    }
    Section source = section.section(name);
    Cells cells = cells(source, field);
    Source read =
        field.kind() == Kind.TIME
            ? time(source, cells)
            : converted(cells, field, field.kind() == Kind.MONEY ? decimals(source) : 0);
    source.refuseUnknownKeys();
    return read;
  }

  private static Source constant(Section section, String name, Field field) {
    Field written = field.kind() == Kind.MONEY ? Field.WHOLE : field;
    String text = section.value(name, "", ANY_TEXT);
    if (field.kind() == Kind.TIME) {
      section.refuse(name, "is no column; allowed: a column such as {column: time, format: iso}");
    } else if (!written.takes(text)) {
      section.refuse(name, "; allowed: " + written.allowed() + ", or a column such as {column: x}");
    } else {
      JsonNode value = json(written, text);
      return row -> value;
    }
    return row -> null;
  }

  private Cells cells(Section source, Field field) {
    List<String> names =
        source.has("columns")
            ? source.list("columns", List.of(), COLUMN)
            : List.of(source.value("column", "", COLUMN));
    if (names.isEmpty() || names.get(0).isEmpty()) {
      source.required("column", COLUMN);
      return new Cells(List.of(""), "", Map.of(), null);
    }
    columns.addAll(names);
    Map<String, String> words = source.has("map") ? source.texts("map") : Map.of();
    for (Map.Entry<String, String> word : words.entrySet()) {
      if (!field.takes(word.getValue())) {
        source.section("map").refuse(word.getKey(), "; allowed: " + field.allowed());
      }
    }
    return new Cells(
        names,
        source.value("joint", "-", ANY_TEXT),
        words,
        source.value("default", null, ANY_TEXT));
  }

  private Cells cells(List<String> names) {
    columns.addAll(names);
    return new Cells(names, "-", Map.of(), null);
  }

  private static Source time(Section source, Cells cells) {
    ZoneId zone = source.value("zone", ZoneOffset.UTC, ValueType.zone());
    TimeFormat format =
        source.value(
            "format",
            new TimeFormat("iso", zone),
            new ValueType<>(
                "epoch_seconds, epoch_millis, iso, or a pattern such as uuuu-MM-dd HH:mm:ss",
                text -> new TimeFormat(text, zone)));
    return row -> {
      String text = cells.read(row);
      return text == null ? null : TextNode.valueOf(format.read(cells.name(), text).toString());
    };
  }

  private static int decimals(Section source) {
    Integer decimals = source.required("decimals", DECIMALS);
    return decimals == null ? 0 : decimals;
  }

  private static Source converted(Cells cells, Field field, int decimals) {
    return row -> {
      String text = cells.read(row);
      if (text == null) {
        return null;
      }
      if (!field.takes(text)) {
        throw RowRefusedException.cell(cells.name(), text, field.allowed());
      }
      return field.kind() == Kind.MONEY ? minor(cells.name(), text, decimals) : json(field, text);
    };
  }

  private static JsonNode minor(String column, String text, int decimals)
      throws RowRefusedException {
    try {
      return LongNode.valueOf(new BigDecimal(text).movePointRight(decimals).longValueExact());
    } catch (ArithmeticException e) {
      throw RowRefusedException.cell(column, text, "at most " + decimals + " decimals");
    }
  }

  private static JsonNode json(Field field, String text) {
    return switch (field.kind()) {
      case WHOLE, MONEY -> LongNode.valueOf(Long.parseLong(text));
      case BOOL -> BooleanNode.valueOf(Boolean.parseBoolean(text));
      case TEXT, TIME -> TextNode.valueOf(text);
    };
  }

  private static Source required(String name, Source source) {
    return row -> {
      JsonNode value = source.read(row);
      if (value == null) {
        throw new RowRefusedException(name + " has no value");
      }
      return value;
    };
  }
}
