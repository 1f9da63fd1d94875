package io.customerpulse.domain.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 500ms, 30s, 5m, 1h, 7d}, or ISO-8601. A day has 24
 * hours.
 */
public final class Durations {
  /** The longest length of time that makes sense here: a century. */
  public static final Duration MAX = Duration.ofDays(36_525);

  private static final Pattern SHORT = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a length of time.
   *
   * @throws IllegalArgumentException if the text is none, or is negative, longer than {@link #MAX}
   *     or finer than a millisecond
   */
  public static Duration parse(String text) {
    Duration duration = read(text.strip());
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("must lie between 0s and " + format(MAX));
    }
    if (!duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
      throw new IllegalArgumentException("must be whole milliseconds");
    }
    return duration;
  }

  /** The shortest text that {@link #parse} reads as this length, in the largest unit that fits. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return duration.toMinutes() + "m";
    }
    return seconds % 86_400 != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
  }

  private static Duration read(String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("is no length of time", e);
    }
  }
}
