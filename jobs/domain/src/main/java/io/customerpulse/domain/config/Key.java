package io.customerpulse.domain.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A key of a document, in one place: how it is read, and its line in the reference.
 *
 * @param fallback what holds where it isn't said; null for nothing
 * @param meaning for the reference, in Markdown, as are the following
 * @param unsaid the fallback in words
 * @param allowed what may stand there
 */
public record Key<T>(
    String name, T fallback, Reading<T> reading, String meaning, String unsaid, String allowed) {

  /** How the value of a key is read; what is wrong is reported to the section. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Section section, String key, T fallback);
  }

  /** A key of one value. */
  public static <T> Key<T> of(
      String name, ValueType<T> type, T fallback, String meaning, String allowed) {
    return new Key<>(
        name,
        fallback,
        (section, key, otherwise) -> section.value(key, otherwise, type),
        meaning,
        words(fallback),
        allowed);
  }

  /** A key of one value that must be said. */
  public static <T> Key<T> required(
      String name, ValueType<T> type, String meaning, String allowed) {
    return new Key<>(
        name,
        null,
        (section, key, otherwise) -> section.required(key, type),
        meaning,
        "required",
        allowed);
  }

  /** A key of a list that must have a value; the values are sorted, so that equal ones are. */
  public static <T extends Comparable<T>> Key<Set<T>> some(
      String name, ValueType<T> type, String meaning, String allowed) {
    return new Key<>(
        name,
        Set.of(),
        (section, key, otherwise) ->
            Collections.unmodifiableSet(new TreeSet<>(section.some(key, type))),
        meaning,
        "required",
        allowed);
  }

  /** A whole number from a least one up to another. */
  public static Key<Integer> integer(
      String name, int least, int most, int fallback, String meaning) {
    String allowed = most == Integer.MAX_VALUE ? "from " + least : least + " to " + most;
    return of(name, ValueType.integer(least, most), fallback, meaning, allowed);
  }

  /** A length of time from a least one up to another; the reference keeps quiet about one of 0. */
  public static Key<Duration> duration(
      String name, Duration least, Duration most, Duration fallback, String meaning) {
    String upTo = words(most);
    String allowed =
        least.compareTo(Duration.ofMillis(1)) > 0 ? words(least) + " to " + upTo : "up to " + upTo;
    return of(name, ValueType.duration(least, most), fallback, meaning, allowed);
  }

  public static Key<Boolean> bool(String name, boolean fallback, String meaning) {
    return of(name, ValueType.bool(), fallback, meaning, "`true`, `false`");
  }

  /** One of some constants of an enum, in lower case. */
  public static <E extends Enum<E>> Key<E> choice(
      String name, List<E> values, E fallback, String meaning) {
    return of(name, oneOf(values), fallback, meaning, listed(values));
  }

  /** The type of one of some constants of an enum, in lower case. */
  public static <E extends Enum<E>> ValueType<E> oneOf(List<E> values) {
    Map<String, E> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(lower(value), value));
    return ValueType.choice(byName);
  }

  /** Constants of an enum as the reference lists them. */
  public static <E extends Enum<E>> String listed(List<E> values) {
    return values.stream().map(Key::words).collect(Collectors.joining(", "));
  }

  public T read(Section section) {
    return reading.read(section, name, fallback);
  }

  /** The same key where something else holds if it isn't said. */
  public Key<T> or(T otherwise) {
    return new Key<>(name, otherwise, reading, meaning, unsaid, allowed);
  }

  /** The same key, described by other words. */
  public Key<T> described(String otherUnsaid, String otherAllowed) {
    return new Key<>(name, fallback, reading, meaning, otherUnsaid, otherAllowed);
  }

  /** A value as a person writes it, in Markdown. */
  public static String words(Object value) {
    return value == null ? "none" : '`' + plain(value) + '`';
  }

  private static String plain(Object value) {
    if (value instanceof List<?> values) {
      return values.stream().map(Key::plain).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Duration duration) {
      return Durations.format(duration);
    }
    return value instanceof Enum<?> constant ? lower(constant) : value.toString();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
