package io.customerpulse.domain.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stars over what looks like a phone number. Every masked character becomes one star, so that the
 * text keeps its length and its shape.
 */
public final class PhoneMask {
  private static final int MOBILE_DIGITS = 11;

  /**
   * A mainland mobile number: eleven digits from 13 to 19, alone or behind +86, plain or in groups
   * of 3-4-4; also with a null byte after each digit, as UTF-16 looks when it is read as UTF-8.
   */
  private static final Pattern MOBILE =
      Pattern.compile(
          "(?<!\\p{Nd})(?:(?:\\+|00)?86[ -]?)?"
              + "(?:[1１][\\p{Nd}&&[^0-2０-２]]\\p{Nd}[ -]?\\p{Nd}{4}[ -]?\\p{Nd}{4}"
              + "|1\\x00[3-9](?:\\x00[0-9]){9})(?!\\p{Nd})");

  private static final Pattern PHONE_FIELD =
      Pattern.compile("\"phone\"\\s*+:\\s*+", Pattern.CASE_INSENSITIVE);

  private PhoneMask() {}

  /** Masks mobile numbers wherever they stand. */
  public static String maskNumbers(String text) {
    StringBuilder masked = null;
    Matcher numbers = null;
    int start = 0;
    // The pattern is tried only where enough digits stand together: almost nowhere.
    while ((start = nextDigit(text, start)) < text.length()) {
      int end = endOfDigits(text, start);
      if (end - start >= MOBILE_DIGITS) {
        numbers = numbers == null ? MOBILE.matcher(text).useTransparentBounds(true) : numbers;
        numbers.region(start > 0 && text.charAt(start - 1) == '+' ? start - 1 : start, end);
        while (numbers.find()) {
          masked = masked == null ? new StringBuilder(text) : masked;
          star(masked, numbers.start(), numbers.end());
        }
      }
      start = end;
    }
    return masked == null ? text : masked.toString();
  }

  /** Masks mobile numbers, and of JSON, broken JSON too, whatever is the value of `phone`. */
  public static String maskRecord(String text) {
    Matcher fields = PHONE_FIELD.matcher(text);
    if (!fields.find()) {
      return maskNumbers(text);
    }
    StringBuilder masked = new StringBuilder(text);
    do {
      maskValue(masked, fields.end());
    } while (fields.find());
    return maskNumbers(masked.toString());
  }

  private static void maskValue(StringBuilder text, int start) {
    if (start >= text.length() || text.indexOf("null", start) == start) {
      return;
    }
    switch (text.charAt(start)) {
      case '"' -> star(text, start + 1, endOfString(text, start + 1));
      case '{', '[' -> star(text, start + 1, firstOf(text, start + 1, "}]"));
      default -> star(text, start, firstOf(text, start, ",}] \t\r\n"));
    }
  }

  private static int endOfString(CharSequence text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return text.length();
  }

  private static int firstOf(CharSequence text, int start, String ends) {
    int i = start;
    while (i < text.length() && ends.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static void star(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      text.setCharAt(i, '*');
    }
  }

  private static int nextDigit(String text, int from) {
    int i = from;
    while (i < text.length() && !Character.isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of digits that no more than one character of those within a number keeps apart. */
  private static int endOfDigits(String text, int start) {
    int end = start + 1;
    for (int i = end; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        end = i + 1;
      } else if (i > end || (c != ' ' && c != '-' && c != '\0')) {
        break;
      }
    }
    return end;
  }
}
