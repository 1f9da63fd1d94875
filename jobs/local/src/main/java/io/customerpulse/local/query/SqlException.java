package io.customerpulse.local.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement that can't be run, said in one line, with the place where that is known. */
public final class SqlException extends RuntimeException {
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?:from |at )?line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?");
  private static final Pattern ENCOUNTERED =
      Pattern.compile("Encountered (?:\"[^\"]*\"|<EOF>|'[^']*')");

  SqlException(String message) {
    super(message);
  }

  private SqlException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a person should read of a failure of the engine. */
  static SqlException of(Throwable failure) {
    Throwable innermost = failure;
    String place = null;
    for (Throwable cause = failure;
        cause != null && cause != cause.getCause();
        cause = cause.getCause()) {
      innermost = cause;
      Matcher matcher = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        place = "line " + matcher.group(1) + ", column " + matcher.group(2);
      }
    }
    String text = text(innermost);
    return new SqlException(place == null ? text : place + ": " + text, failure);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    Matcher encountered = ENCOUNTERED.matcher(message);
    if (encountered.find()) {
      return "didn't expect" + encountered.group().substring("Encountered".length()) + " here";
    }
    String line = message.lines().findFirst().orElse("").strip();
    return PLACE
        .matcher(line)
        .replaceFirst("")
        .replaceFirst("^SQL (parse|validation) failed\\. ?", "")
        .replaceFirst("^[:. ]+", "");
  }
}
