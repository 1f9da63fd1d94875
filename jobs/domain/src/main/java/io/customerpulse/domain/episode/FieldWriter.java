package io.customerpulse.domain.episode;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Takes the fields of what a kind remembers, to be stored; {@link FieldReader} gives them back in
 * the same order.
 */
public interface FieldWriter {

  /** Writes one part of a list. */
  @FunctionalInterface
  interface Part<T> {
    void write(T part, FieldWriter out) throws IOException;
  }

  void flag(boolean value) throws IOException;

  /** A number that is never negative, such as the length of a list. */
  void count(long value) throws IOException;

  /** A number of either sign. */
  void number(long value) throws IOException;

  /** An instant in whole milliseconds, or null. */
  void instant(Instant value) throws IOException;

  /** A text, or null. */
  void text(String value) throws IOException;

  /** How many there are, and each of them. */
  default <T> void list(List<T> parts, Part<T> form) throws IOException {
    count(parts.size());
    for (T part : parts) {
      form.write(part, this);
    }
  }
}
