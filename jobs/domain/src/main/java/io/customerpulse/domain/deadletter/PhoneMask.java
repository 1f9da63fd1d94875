package io.customerpulse.domain.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stars over what looks like a phone number. Every masked character becomes one star, so that the
 * text keeps its length and its shape.
 */
public final class PhoneMask {
  private static final int MOBILE_DIGITS = 11;

  /** What lengthens a number, or makes it a part of an id. */
  private static final String ALPHANUMERIC = "[A-Za-z\\p{Nd}]";

  /** An escape of a URL or of JSON ends in letters and digits that are none of the text. */
  private static final String AFTER_AN_ESCAPE =
      "(?<=%(?:25){0,4}\\p{XDigit}{2}|\\\\[bfnrt]|\\\\u\\p{XDigit}{4})";

  /** Between the groups of a number: a blank or a dash of any kind, also as URLs write blanks. */
  private static final String BETWEEN_GROUPS =
      "(?:[\\p{Z}\\p{Pd}\\t+\\u200B\\u2060\\uFEFF]|%(?:25){0,4}20)?";

  /**
   * A mainland mobile number that stands alone: eleven digits from 13 to 19, plain or behind +86,
   * in one or in groups of 3-4-4, with no digit and no Latin letter beside them; also with a null
   * byte after each digit, as UTF-16 looks when it is read as UTF-8.
   */
  private static final Pattern MOBILE =
      Pattern.compile(
          "(?:(?<!"
              + ALPHANUMERIC
              + ")|"
              + AFTER_AN_ESCAPE
              + ")(?:(?:\\+|00)?86"
              + BETWEEN_GROUPS
              + ")?(?:[1１][\\p{Nd}&&[^0-2０-２]]\\p{Nd}"
              + BETWEEN_GROUPS
              + "\\p{Nd}{4}"
              + BETWEEN_GROUPS
              + "\\p{Nd}{4}"
              + "|1\\x00[3-9](?:\\x00[0-9]){9})(?!"
              + ALPHANUMERIC
              + ")");

  /** A mobile number as software writes it that keeps numbers with a fraction. */
  private static final Pattern SCIENTIFIC_MOBILE =
      Pattern.compile(
          "(?<!" + ALPHANUMERIC + "|\\.)1\\.[3-9]\\d{3,9}[eE]\\+?10(?!" + ALPHANUMERIC + "|\\.)");

  /**
   * The name of a field, also within a text that is JSON itself. It has no more characters than
   * that of an attribute: in broken records longer ones would cost time.
   */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:\"(?<name>(?:[^\"\\\\]|\\\\.){0,128}+)\""
              + "|\\\\\"(?<within>(?:[^\"\\\\]|\\\\[^\"]){0,128}+)\\\\\")\\s*+:\\s*+",
          Pattern.DOTALL);

  private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u(\\p{XDigit}{4})");

  private static final Pattern NO_PHONE = Pattern.compile("null|true|false");

  /** Without it nobody could send the mended record again. */
  private static final Pattern SENT_HASH = Pattern.compile("\"\\p{XDigit}{64}\"");

  private PhoneMask() {}

  /** Masks mobile numbers that stand alone. */
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

  /**
   * Masks mobile numbers that stand alone, and of JSON, broken JSON too, the whole values of fields
   * whose names say that they are phones.
   */
  public static String maskRecord(String text) {
    StringBuilder masked = null;
    Matcher fields = FIELD.matcher(text);
    int start = 0;
    while (fields.find(start)) {
      start = fields.end();
      boolean isWithin = fields.group("within") != null;
      String name = unescaped(fields.group(isWithin ? "within" : "name"));
      if (PhoneNames.sayPhone(name) && !isKept(text, name, start)) {
        masked = masked == null ? new StringBuilder(text) : masked;
        start = isWithin ? maskValueWithin(masked, start) : maskValue(masked, start);
      }
    }
    return maskScientific(maskNumbers(masked == null ? text : masked.toString()));
  }

  private static String maskScientific(String text) {
    return SCIENTIFIC_MOBILE
        .matcher(text)
        .replaceAll(number -> "*".repeat(number.group().length()));
  }

  /**
   * The same as {@link #maskValue} where quotes are escaped: to the end of the value's own text.
   */
  private static int maskValueWithin(StringBuilder text, int start) {
    boolean isText = text.indexOf("\\\"", start) == start;
    int first = isText ? start + 2 : start;
    int end = first;
    while (end < text.length()
        && (isText
            ? text.indexOf("\\\"", end) != end && text.charAt(end) != '"'
            : ",}\"".indexOf(text.charAt(end)) < 0)) {
      end++;
    }
    star(text, first, end);
    return end;
  }

  private static String unescaped(String name) {
    return name.indexOf('\\') < 0
        ? name
        : UNICODE_ESCAPE
            .matcher(name)
            .replaceAll(
                escape ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(escape.group(1), 16))));
  }

  private static boolean isKept(String text, String name, int start) {
    Matcher value = NO_PHONE.matcher(text).region(start, text.length());
    return value.lookingAt()
        || (name.equals("phone_hash") && value.usePattern(SENT_HASH).lookingAt());
  }

  /** Stars between its brackets or quotes; says where it ends. */
  private static int maskValue(StringBuilder text, int start) {
    if (start >= text.length()) {
      return start;
    }
    int end =
        switch (text.charAt(start)) {
          case '"' -> endOfString(text, start + 1);
          case '{', '[' -> endOfNested(text, start);
          default -> endOfScalar(text, start);
        };
    star(text, "\"{[".indexOf(text.charAt(start)) < 0 ? start : start + 1, end);
    return end;
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

  private static int endOfNested(CharSequence text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> i = endOfString(text, i + 1);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  private static int endOfScalar(CharSequence text, int start) {
    int i = start;
    while (i < text.length() && ",}] \t\r\n".indexOf(text.charAt(i)) < 0) {
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
      } else if (i > end || !isWithinNumbers(c)) {
        break;
      }
    }
    return end;
  }

  /** What the pattern takes between groups, a null byte, or the beginning of an escaped blank. */
  private static boolean isWithinNumbers(char c) {
    return switch (c) {
      case ' ', '-', '\0', '%', '+', '\t', '\u200B', '\u2060', '\uFEFF' -> true;
      default ->
          c > '~'
              && (Character.isSpaceChar(c) || Character.getType(c) == Character.DASH_PUNCTUATION);
    };
  }
}
