package io.customerpulse.domain.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Keys of which the reference says both bounds. */
public final class BoundedKeys {
  private BoundedKeys() {}

  /** A length of time from a least one up to another. */
  public static Key<Duration> duration(
      String name, Duration least, Duration most, Duration fallback, String meaning) {
    return Key.of(
        name,
        ValueType.duration(least, most),
        fallback,
        meaning,
        Key.words(least) + " to " + Key.words(most));
  }

  /** A length of time of which only the least is said; it is bounded as all of them are. */
  public static Key<Duration> duration(
      String name, Duration least, Duration fallback, String meaning) {
    return Key.of(name, ValueType.duration(least), fallback, meaning, "from " + Key.words(least));
  }

  /** A number, with or without a fraction. */
  public static Key<Double> decimal(
      String name, String least, String most, double fallback, String meaning) {
    return Key.of(
        name,
        ValueType.decimal(least, most).as(BigDecimal::doubleValue),
        fallback,
        meaning,
        least + " to " + most);
  }

  /**
   * A list with as many values as the fallback, each greater than the one before.
   *
   * @param bounds of each value, in Markdown
   */
  public static <T extends Comparable<? super T>> Key<List<T>> ascending(
      String name, ValueType<T> type, List<T> fallback, String meaning, String bounds) {
    int size = fallback.size();
    return new Key<>(
        name,
        fallback,
        (section, key, otherwise) -> section.ascending(key, otherwise, size, size, type),
        meaning,
        Key.words(fallback),
        size + ", ascending, " + bounds);
  }

  /** A list as of {@link #ascending}, but each value is less than the one before. */
  public static <T extends Comparable<? super T>> Key<List<T>> descending(
      String name, ValueType<T> type, List<T> fallback, String meaning, String bounds) {
    int size = fallback.size();
    return new Key<>(
        name,
        fallback,
        (section, key, otherwise) -> section.descending(key, otherwise, size, size, type),
        meaning,
        Key.words(fallback),
        size + ", descending, " + bounds);
  }
}
