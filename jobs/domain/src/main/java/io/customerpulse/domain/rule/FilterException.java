package io.customerpulse.domain.rule;

/** A filter that is right by its types failed on the values of one step. */
public final class FilterException extends Exception {

  public FilterException(String message, Throwable cause) {
    super(message, cause);
  }
}
