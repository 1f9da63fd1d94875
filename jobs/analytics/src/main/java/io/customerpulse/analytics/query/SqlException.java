package io.customerpulse.analytics.query;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement that can't be run, said in one line, with the place where that is known. */
public final class SqlException extends RuntimeException {
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?:from |at )?line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?");

  /** However the parser says that it didn't expect a word. */
  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "Encountered[: ]|Incorrect syntax near the keyword|Non-query expression encountered");

  private static final Pattern END = Pattern.compile("Encountered \"?<EOF>");
  private static final Pattern WORD = Pattern.compile("\\w+|\\S");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_]\\w*");

  SqlException(String message) {
    super(message);
  }

  private SqlException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Where something stands, both counted from 1. */
  private record Place(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /** What a person should read of a failure of the engine. */
  static SqlException of(Throwable failure) {
    Place place = place(failure);
    String text = text(innermost(failure));
    return new SqlException(place == null ? text : place + ": " + text, failure);
  }

  /**
   * The same of a statement that the engine hasn't taken.
   *
   * @param reserved whether a word can be a name only in backticks
   */
  static SqlException of(Throwable failure, String sql, Predicate<String> reserved) {
    String message = String.valueOf(innermost(failure).getMessage());
    if (!UNEXPECTED.matcher(message).find()) {
      return of(failure);
    }
    // Something that isn't even the beginning of a statement is told without its place.
    Place place = place(failure) == null ? new Place(1, 1) : place(failure);
    if (END.matcher(message).find()) {
      return new SqlException(place + ": the statement can't end here", failure);
    }
    String word = wordAt(sql, place);
    String hint =
        NAME.matcher(word).matches() && reserved.test(word)
            ? "; it is a reserved word: as a name it stands in backticks, `" + word + '`'
            : "";
    return new SqlException(place + ": didn't expect \"" + word + "\" here" + hint, failure);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Place place(Throwable failure) {
    Place place = null;
    for (Throwable cause = failure;
        cause != null && cause != cause.getCause();
        cause = cause.getCause()) {
      Matcher matcher = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        place = new Place(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      }
    }
    return place;
  }

  private static String wordAt(String sql, Place place) {
    String line = sql.lines().skip(place.line() - 1).findFirst().orElse("");
    Matcher word = WORD.matcher(line);
    return word.find(Math.min(place.column() - 1, line.length())) ? word.group() : "";
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return PLACE
        .matcher(line)
        .replaceFirst("")
        .replaceFirst("^SQL (parse|validation) failed\\. ?", "")
        .replaceFirst("^[:. ]+", "");
  }
}
