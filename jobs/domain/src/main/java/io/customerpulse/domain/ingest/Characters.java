package io.customerpulse.domain.ingest;

/** Text by its characters: code points, so that an emoji is one of them. */
public final class Characters {
  /**
   * Characters that show nothing though Java calls them no white space: the next line, the Arabic
   * letter mark, the Mongolian vowel separator, the zero-width space, the marks and embeddings of
   * direction that a number brings along when it is copied out of a list of contacts, the word
   * joiner, the byte order mark. Joiners of letters aren't here: they change what is beside them.
   */
  private static final String INVISIBLE =
      "\u0085\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
          + "\u2060\u2066\u2067\u2068\u2069\ufeff";

  private static final String QUOTES = "\"'`";

  private Characters() {}

  static boolean isLongerThan(String text, int max) {
    return text.length() > max && count(text) > max;
  }

  static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The first thing in an id that no id may have; null where there is none. */
  static String flawOfId(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        return "a control character in an id";
      }
      if (id.charAt(i) == JsonRecord.REPLACEMENT) {
        return "a broken character in an id";
      }
    }
    return null;
  }

  /** The text, or its first characters where it has more. */
  static String cut(String text, int max) {
    return isLongerThan(text, max) ? text.substring(0, text.offsetByCodePoints(0, max)) : text;
  }

  /** Without blanks at the ends: also those that break no line, the full-width and unseen ones. */
  public static String strip(String text) {
    int start = firstNoBlank(text, 0, text.length());
    return text.substring(start, endWithoutBlanks(text, start, text.length()));
  }

  /** The same, also without pairs of quotes around it, as somebody's text of a text has. */
  static String stripQuoted(String text) {
    int start = firstNoBlank(text, 0, text.length());
    int end = endWithoutBlanks(text, start, text.length());
    while (end - start >= 2
        && QUOTES.indexOf(text.charAt(start)) >= 0
        && text.charAt(start) == text.charAt(end - 1)) {
      start = firstNoBlank(text, start + 1, end - 1);
      end = endWithoutBlanks(text, start, end - 1);
    }
    return text.substring(start, end);
  }

  private static int firstNoBlank(String text, int start, int end) {
    int i = start;
    while (i < end && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endWithoutBlanks(String text, int start, int end) {
    int i = end;
    while (i > start && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** Whether a character is a blank of any kind. */
  static boolean isBlank(int character) {
    if (character > ' ' && character <= '~') {
      return false;
    }
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || INVISIBLE.indexOf(character) >= 0;
  }
}
