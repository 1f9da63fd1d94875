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

  private Characters() {}

  static boolean isLongerThan(String text, int max) {
    return text.length() > max && count(text) > max;
  }

  static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text, or its first characters where it has more. */
  static String cut(String text, int max) {
    return isLongerThan(text, max) ? text.substring(0, text.offsetByCodePoints(0, max)) : text;
  }

  /** Without blanks at the ends: also those that break no line, the full-width and unseen ones. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether a character is a blank of any kind. */
  static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || INVISIBLE.indexOf(character) >= 0;
  }
}
