package io.customerpulse.history.convert;

/** A row from which no event can be made. The message says what is wrong and what is allowed. */
final class RowRefusedException extends Exception {

  RowRefusedException(String message) {
    super(message);
  }

  /** A cell that holds something else than what is allowed. */
  static RowRefusedException cell(String column, String value, String allowed) {
    return new RowRefusedException(
        column + ": '" + value + "' is not allowed; allowed: " + allowed);
  }
}
