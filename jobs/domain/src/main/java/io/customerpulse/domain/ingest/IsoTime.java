package io.customerpulse.domain.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * ISO-8601 times with an offset, cut to milliseconds. The form of the contract is read by hand, ten
 * times as fast as by the formatter, which reads the rest: without seconds, with a blank for the T
 * or before the offset, with a comma before the fraction, with offsets such as +0800, +08, UTC and
 * GMT.
 */
final class IsoTime {
  private static final int MIN_LENGTH = "2024-03-01T10:00:00Z".length();
  private static final int DATE_LENGTH = "2024-03-01".length();
  private static final int SECONDS_END = "2024-03-01T10:00:00".length();
  private static final int OFFSET_LENGTH = "+08:00".length();
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MILLI_DIGITS = 3;
  private static final int MAX_OFFSET_SECONDS = 18 * 3_600;

  /** Offsets as +0800 and +08, which ISO-8601 knows too, though Java's own formatter does not. */
  private static final DateTimeFormatter BASIC_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HHmm", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private IsoTime() {}

  /**
   * The instant that a text names.
   *
   * @throws DateTimeException where the text is no such time
   */
  static Instant parse(String text) {
    Instant quick = parseCommonForm(text);
    return quick != null ? quick : parseOtherForm(text);
  }

  /** The same of a text that isn't of the contract's own form. */
  static Instant parseOtherForm(String text) {
    return parseByFormatter(withoutManners(text));
  }

  /** As the formatter knows it: T before the time of day, nothing before the offset, Z for UTC. */
  private static String withoutManners(String text) {
    String iso = text.replace(',', '.');
    if (iso.length() > DATE_LENGTH && iso.charAt(DATE_LENGTH) == ' ') {
      iso = iso.substring(0, DATE_LENGTH) + 'T' + iso.substring(DATE_LENGTH + 1);
    }
    if (iso.endsWith("UTC") || iso.endsWith("GMT")) {
      iso = iso.substring(0, iso.length() - "UTC".length()) + 'Z';
    }
    return iso.replace(" Z", "Z").replace(" +", "+").replace(" -", "-");
  }

  private static Instant parseByFormatter(String text) {
    int colon = text.length() - ":00".length();
    DateTimeFormatter formatter =
        colon >= 0 && text.charAt(colon) == ':'
            ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
            : BASIC_OFFSET;
    return formatter.parse(text, OffsetDateTime::from).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Null where the text isn't 2024-03-01T10:00:00[.123](Z or +08:00) within the usual bounds. */
  static Instant parseCommonForm(String text) {
    int length = text.length();
    if (length < MIN_LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_END);
    if (year < 0
        || month < 0
        || day < 0
        || !isWithin(hour, 23)
        || !isWithin(minute, 59)
        || !isWithin(second, 59)) {
      return null;
    }
    int offsetStart = SECONDS_END;
    int millis = 0;
    if (text.charAt(SECONDS_END) == '.') {
      offsetStart = endOfDigits(text, SECONDS_END + 1);
      int digits = offsetStart - SECONDS_END - 1;
      if (digits < 1 || digits > MAX_FRACTION_DIGITS) {
        return null;
      }
      millis = millis(text, SECONDS_END + 1, digits);
    }
    int offsetSeconds = offsetSeconds(text, offsetStart);
    if (offsetSeconds == Integer.MIN_VALUE) {
      return null;
    }
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L;
    seconds += hour * 3_600L + minute * 60L + second - offsetSeconds;
    return Instant.ofEpochMilli(seconds * 1_000 + millis);
  }

  private static boolean isWithin(int value, int max) {
    return value >= 0 && value <= max;
  }

  private static int endOfDigits(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static int millis(String text, int start, int digits) {
    int millis = 0;
    for (int i = 0; i < MILLI_DIGITS; i++) {
      millis = millis * 10 + (i < digits ? text.charAt(start + i) - '0' : 0);
    }
    return millis;
  }

  /** {@link Integer#MIN_VALUE} where there is no offset of the common form. */
  private static int offsetSeconds(String text, int start) {
    int length = text.length() - start;
    if (length == 1 && text.charAt(start) == 'Z') {
      return 0;
    }
    if (length != OFFSET_LENGTH || text.charAt(start + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, start + 1, start + 3);
    int minutes = number(text, start + 4, start + 6);
    int seconds = (hours * 60 + minutes) * 60;
    if (hours < 0 || !isWithin(minutes, 59) || seconds > MAX_OFFSET_SECONDS) {
      return Integer.MIN_VALUE;
    }
    return switch (text.charAt(start)) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> Integer.MIN_VALUE;
    };
  }

  /** -1 where a character is no digit. */
  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
