package io.customerpulse.history.convert;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.DocumentReader;
import io.customerpulse.domain.config.Node;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.history.convert.EventShape.Field;
import io.customerpulse.history.convert.Mapping.Sort;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a mapping and checks that events of the contract come out of it. */
final class MappingReader {
  private static final ValueType<String> EVENT_TYPE =
      ValueType.choice(
          EventShape.PROPERTIES.keySet().stream()
              .collect(Collectors.toMap(Function.identity(), Function.identity())));
  private static final ValueType<String> CHARACTER =
      ValueType.text("one character", Pattern.compile("(?s)."));
  private static final ValueType<Charset> CHARSET =
      new ValueType<>("a character set such as UTF-8 or GB18030", Charset::forName);

  private final SourceReader sources = new SourceReader();

  /**
   * The mapping in a file.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  Mapping read(Path file) {
    Problems problems = new Problems();
    Optional<Node> document = DocumentReader.read(file, problems);
    problems.throwIfAny();
    Mapping mapping = mapping(Section.root(file.toString(), document, problems));
    problems.throwIfAny();
    return mapping;
  }

  /** The columns that the mapping read last names. */
  Set<String> columns() {
    return sources.columns();
  }

  private Mapping mapping(Section root) {
    Section event = root.section("event");
    Map<String, Source> envelope = sources.fields(event, EventShape.ENVELOPE);
    event.refuseUnknownKeys();
    if (Collections.disjoint(envelope.keySet(), EventShape.IDENTIFIERS)) {
      root.refuse(
          "event",
          "names no customer; allowed: at least one of "
              + EventShape.IDENTIFIERS.stream().sorted().collect(Collectors.joining(", ")));
    }

    Section rows = root.section("rows");
    String column = rows.value("column", null, SourceReader.COLUMN);
    Map<String, Sort> sorts = new TreeMap<>();
    Section when = rows.section("when");
    for (String cell : when.keys()) {
      sorts.put(cell, sort(when, cell));
    }
    Sort otherwise = rows.has("otherwise") ? sort(rows, "otherwise") : null;
    rows.refuseUnknownKeys();
    if (column == null ? otherwise == null || !sorts.isEmpty() : sorts.isEmpty()) {
      root.refuse(
          "rows", "says not what rows become; allowed: column and when, or otherwise for all rows");
    }
    if (column != null) {
      sources.need(column);
    }
    Mapping.Csv csv = csv(root.section("csv"));
    root.refuseUnknownKeys();
    return new Mapping(csv, envelope, column, sorts, otherwise);
  }

  private Mapping.Csv csv(Section section) {
    List<String> columns = section.list("columns", List.of(), SourceReader.COLUMN);
    for (String column : sources.columns()) {
      if (!columns.isEmpty() && !columns.contains(column)) {
        section.refuse("columns", "lacks " + column + ", which the mapping names");
      }
    }
    if (columns.stream().distinct().count() < columns.size()) {
      section.refuse("columns", "names a column twice");
    }
    String quote = section.value("quote", "\"", CHARACTER.orNone(""));
    Mapping.Csv csv =
        new Mapping.Csv(
            columns,
            section.value("separator", ",", CHARACTER).charAt(0),
            quote.isEmpty() ? null : quote.charAt(0),
            section.value("charset", StandardCharsets.UTF_8, CHARSET));
    section.refuseUnknownKeys();
    return csv;
  }

  private Sort sort(Section parent, String key) {
    if (parent.hasScalar(key)) {
      parent.value(
          key,
          null,
          new ValueType<>(
              "ignore, or what the rows become", ValueType.choice(Map.of("ignore", "")).parser()));
      return Sort.IGNORED;
    }
    Section section = parent.section(key);
    String type = section.required("type", EVENT_TYPE);
    Section properties = section.section("properties");
    Section line = section.section("line");
    List<String> groupBy = section.list("group_by", List.of(), SourceReader.COLUMN);
    section.refuseUnknownKeys();
    if (type == null) {
      return Sort.IGNORED;
    }
    groupBy.forEach(sources::need);
    if (!groupBy.isEmpty() && !EventShape.hasLines(type)) {
      section.refuse("group_by", "is for events with lines: cart and purchase");
    }

    Map<String, Field> known = new LinkedHashMap<>(EventShape.PROPERTIES.get(type));
    RowAmount amount = null;
    if (known.containsKey("amount_minor")
        && properties.has("amount_minor")
        && !properties.hasScalar("amount_minor")
        && properties.section("amount_minor").has("sum")) {
      amount = sources.amount(properties, "amount_minor");
      known.remove("amount_minor");
    }
    Map<String, Source> attributes =
        EventShape.hasAttributes(type)
            ? sources.attributes(properties.section("attributes"))
            : Map.of();
    Sort sort =
        new Sort(
            type,
            sources.fields(properties, known),
            attributes,
            lines(section, line, type),
            amount,
            groupBy);
    properties.refuseUnknownKeys();
    return sort;
  }

  private Map<String, Source> lines(Section section, Section line, String type) {
    if (line.keys().isEmpty()) {
      return Map.of();
    }
    if (!EventShape.hasLines(type)) {
      section.refuse("line", "is for cart and purchase");
      return Map.of();
    }
    Map<String, Source> sourcesOfLine = sources.fields(line, EventShape.LINE);
    line.refuseUnknownKeys();
    return sourcesOfLine;
  }
}
