package io.customerpulse.runtime.lock;

/**
 * A folder can't be had now: another run holds it, or one has left it unfinished. Said in one line,
 * with what to do about it.
 */
public final class NotReadyException extends IllegalStateException {
  public NotReadyException(String message) {
    super(message);
  }
}
