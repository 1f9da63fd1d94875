package io.customerpulse.domain.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value.
 *
 * @param allowed what a person may write, completing "allowed: …"
 * @param parser throws IllegalArgumentException or DateTimeException for what is not allowed
 */
public record ValueType<T>(String allowed, Function<String, T> parser) {
  /** More than any double has. */
  private static final int MAX_DIGITS = 30;

  /** A length of time from a least one up to another. */
  public static ValueType<Duration> duration(Duration least, Duration most) {
    return new ValueType<>(
        "a length of time such as 30s, 5m, 1h, 7d or PT90M, from "
            + Durations.format(least)
            + " to "
            + Durations.format(most),
        text -> {
          Duration duration = Durations.parse(text);
          require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
          return duration;
        });
  }

  /** A length of time from a least one up to {@link Durations#MAX}. */
  public static ValueType<Duration> duration(Duration least) {
    return duration(least, Durations.MAX);
  }

  public static ValueType<Integer> integer(int least, int most) {
    return new ValueType<>(
        "a whole number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          require(number >= least && number <= most);
          return number;
        });
  }

  public static ValueType<Long> positiveLong() {
    return new ValueType<>(
        "a whole number from 1",
        text -> {
          long number = Long.parseLong(text);
          require(number >= 1);
          return number;
        });
  }

  /** A number, with or without a fraction, from a least one up to another. */
  public static ValueType<BigDecimal> decimal(String least, String most) {
    BigDecimal lowest = new BigDecimal(least);
    BigDecimal highest = new BigDecimal(most);
    return new ValueType<>(
        "a number from " + least + " to " + most,
        text -> {
          require(text.length() <= MAX_DIGITS);
          BigDecimal number = new BigDecimal(text);
          require(number.compareTo(lowest) >= 0 && number.compareTo(highest) <= 0);
          return number;
        });
  }

  /** The same, but read into another type. */
  public <R> ValueType<R> as(Function<T, R> conversion) {
    return new ValueType<>(allowed, parser.andThen(conversion));
  }

  public static ValueType<Boolean> bool() {
    return choice(Map.of("true", true, "false", false));
  }

  /** One of several words. */
  public static <T> ValueType<T> choice(Map<String, T> words) {
    Map<String, T> copy = new LinkedHashMap<>(words);
    return new ValueType<>(
        String.join(", ", copy.keySet().stream().sorted().toList()),
        text -> {
          require(copy.containsKey(text));
          return copy.get(text);
        });
  }

  /** A text that matches a pattern as a whole. */
  public static ValueType<String> text(String allowed, Pattern pattern) {
    return new ValueType<>(
        allowed,
        text -> {
          require(pattern.matcher(text).matches());
          return text;
        });
  }

  public static ValueType<ZoneId> zone() {
    return new ValueType<>("a time zone such as Asia/Shanghai or UTC", ZoneId::of);
  }

  public static ValueType<Currency> currency() {
    return new ValueType<>("an ISO 4217 code such as CNY", Currency::getInstance);
  }

  /** The same, but the word {@code none} stands for a value of its own. */
  public ValueType<T> orNone(T none) {
    return new ValueType<>(
        allowed + ", or none", text -> "none".equals(text) ? none : parser.apply(text));
  }

  /** Whether a text is allowed. */
  public boolean matches(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not allowed
   */
  T parse(String text) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("not allowed");
    }
  }
}
