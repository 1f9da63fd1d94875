package io.customerpulse.domain.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A mapping of a document whose keys are asked for one by one. What is missing has its default;
 * what is not allowed becomes a {@link Problem} and is read as the default, so that reading goes
 * on; what nobody asked for is unknown, which {@link #refuseUnknownKeys} reports at the end.
 */
public final class Section {
  private final String file;
  private final String path;
  private final Node.Mapping mapping;
  private final Problems problems;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(String file, String path, Node.Mapping mapping, Problems problems) {
    this.file = file;
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The root of a document; an empty document is an empty section. */
  public static Section root(String file, Optional<Node> document, Problems problems) {
    return of(file, "", document.orElse(null), problems);
  }

  /** A section that stands at a path of its own, such as one of a list. */
  public Section item(String itemPath, Node node) {
    return of(file, itemPath, node, problems);
  }

  /** The section below a key; an empty one if the key is absent. */
  public Section section(String key) {
    return of(file, pathOf(key), ask(key), problems);
  }

  /** Whether something stands at a key, be it wrong or null. */
  public boolean has(String key) {
    asked.add(key);
    return mapping.entries().containsKey(key);
  }

  /** Whether the value of a key is a text, a number, a truth value or null, and no list or map. */
  public boolean hasScalar(String key) {
    return has(key) && mapping.entries().get(key) instanceof Node.Scalar;
  }

  /** The keys as they stand. */
  public Set<String> keys() {
    return mapping.entries().keySet();
  }

  /** The value of a key, or a default. */
  public <T> T value(String key, T fallback, ValueType<T> type) {
    Node node = ask(key);
    if (node == null) {
      return fallback;
    }
    T value = parse(pathOf(key), node, type);
    return value == null ? fallback : value;
  }

  /** The value of a key; null, and a problem, if it is absent. */
  public <T> T required(String key, ValueType<T> type) {
    if (has(key)) {
      return value(key, null, type);
    }
    problems.add(
        new Problem(
            file, mapping.line(), pathOf(key), null, "is missing; allowed: " + type.allowed()));
    return null;
  }

  /** The values of a list, or a default. */
  public <T> List<T> list(String key, List<T> fallback, ValueType<T> type) {
    Node node = ask(key);
    if (node == null) {
      return fallback;
    }
    List<T> values = new ArrayList<>();
    List<Node> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      T value = parse(pathOf(key) + "[" + i + "]", items.get(i), type);
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  /** Lists like {@link #list}, with one value at least. */
  public <T> List<T> some(String key, ValueType<T> type) {
    if (!has(key)) {
      refuse(key, "is missing; allowed: a list of " + type.allowed());
      return List.of();
    }
    List<T> values = list(key, List.of(), type);
    if (items(key).isEmpty()) {
      refuse(key, "is empty; allowed: a list of " + type.allowed());
    }
    return values;
  }

  /** Lists like {@link #list}, each value greater than the one before. */
  public <T extends Comparable<? super T>> List<T> ascending(
      String key, List<T> fallback, int least, int most, ValueType<T> type) {
    return ordered(key, fallback, least, most, type, Comparator.naturalOrder(), "greater");
  }

  /** Lists like {@link #list}, each value less than the one before. */
  public <T extends Comparable<? super T>> List<T> descending(
      String key, List<T> fallback, int least, int most, ValueType<T> type) {
    return ordered(key, fallback, least, most, type, Comparator.reverseOrder(), "less");
  }

  private <T> List<T> ordered(
      String key,
      List<T> fallback,
      int least,
      int most,
      ValueType<T> type,
      Comparator<T> order,
      String comparison) {
    if (!has(key)) {
      return fallback;
    }
    int before = problems.count();
    List<T> values = list(key, fallback, type);
    if (problems.count() > before) {
      return fallback;
    }
    boolean allowed = values.size() >= least && values.size() <= most;
    for (int i = 1; i < values.size(); i++) {
      allowed &= order.compare(values.get(i - 1), values.get(i)) < 0;
    }
    if (allowed) {
      return values;
    }
    String number = least == most ? "" + least : "from " + least + " to " + most;
    refuse(key, "; allowed: " + number + " values, each " + comparison + " than the one before");
    return fallback;
  }

  /** Lists like {@link #list}, of a certain length. */
  public <T> List<T> exactly(String key, List<T> fallback, int size, ValueType<T> type) {
    int before = problems.count();
    List<T> values = list(key, fallback, type);
    if (problems.count() == before && values.size() != size) {
      refuse(key, "; allowed: " + size + " values");
    }
    return problems.count() == before ? values : fallback;
  }

  /** The items of a list; none if the key is absent or, which is a problem, has no list. */
  public List<Node> items(String key) {
    Node node = ask(key);
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    if (node != null) {
      wrong(pathOf(key), node, "is no list; allowed: a list such as [a, b]");
    }
    return List.of();
  }

  /** The texts of a mapping with free keys. Null values are problems. */
  public Map<String, String> texts(String key) {
    Section section = section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : section.mapping.entries().entrySet()) {
      if (entry.getValue() instanceof Node.Scalar scalar && scalar.text() != null) {
        texts.put(entry.getKey(), scalar.text());
      } else {
        section.refuse(entry.getKey(), "is no text; allowed: a text or a number");
      }
    }
    return texts;
  }

  /** Reports the value of a key as wrong. The message may begin with "; allowed: …". */
  public void refuse(String key, String message) {
    Node node = ask(key);
    String text = message.startsWith(";") ? "is not allowed" + message : message;
    if (node == null) {
      problems.add(new Problem(file, mapping.line(), pathOf(key), null, text));
    } else {
      wrong(pathOf(key), lineOf(key), node, text);
    }
  }

  /** Reports a value as wrong without showing it. */
  public void refuseSecret(String key, String message) {
    problems.add(new Problem(file, lineOf(key), pathOf(key), null, message));
  }

  /** Reports every key that nobody asked for, with the one that may have been meant. */
  public void refuseUnknownKeys() {
    for (String key : mapping.entries().keySet()) {
      if (!asked.contains(key)) {
        refuseUnknown(key, asked);
      }
    }
  }

  /** Reports a key as unknown, with the known one that may have been meant. */
  public void refuseUnknown(String key, Set<String> known) {
    String meant = Nearest.to(key, known).map(near -> "; did you mean " + near + "?").orElse("");
    String allowed = "; allowed: " + String.join(", ", new TreeSet<>(known));
    problems.add(
        new Problem(file, lineOf(key), pathOf(key), null, "is no known key" + meant + allowed));
  }

  public String file() {
    return file;
  }

  public String path() {
    return path;
  }

  public int line() {
    return mapping.line();
  }

  private static Section of(String file, String path, Node node, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return new Section(file, path, mapping, problems);
    }
    int line = node == null ? 0 : node.line();
    Section empty = new Section(file, path, new Node.Mapping(line, Map.of(), Map.of()), problems);
    boolean absent = node == null || (node instanceof Node.Scalar scalar && scalar.text() == null);
    if (!absent) {
      empty.wrong(path, node, "is no mapping; allowed: keys with values");
    }
    return empty;
  }

  private <T> T parse(String valuePath, Node node, ValueType<T> type) {
    if (node instanceof Node.Scalar scalar && scalar.text() != null) {
      try {
        return type.parse(scalar.text());
      } catch (IllegalArgumentException e) {
        // Said below, with what is allowed.
      }
    }
    wrong(valuePath, node, "is not allowed; allowed: " + type.allowed());
    return null;
  }

  private void wrong(String valuePath, Node node, String message) {
    wrong(valuePath, node.line(), node, message);
  }

  private void wrong(String valuePath, int line, Node node, String message) {
    String text = node instanceof Node.Scalar scalar ? scalar.text() : null;
    boolean empty = node instanceof Node.Scalar && text == null;
    problems.add(new Problem(file, line, valuePath, empty ? "null" : text, message));
  }

  private Node ask(String key) {
    asked.add(key);
    return mapping.entries().get(key);
  }

  private int lineOf(String key) {
    return mapping.keyLines().getOrDefault(key, mapping.line());
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
