package io.customerpulse.domain.episode;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gives back the fields that a {@link FieldWriter} has taken, in the same order. */
public interface FieldReader {

  /** Reads one part of a list. */
  @FunctionalInterface
  interface Part<T> {
    T read(FieldReader in) throws IOException;
  }

  boolean flag() throws IOException;

  /** A {@link FieldWriter#count count} that is an int. */
  int size() throws IOException;

  long number() throws IOException;

  Instant instant() throws IOException;

  String text() throws IOException;

  /** A {@link FieldWriter#list list}, immutable. */
  default <T> List<T> list(Part<T> form) throws IOException {
    List<T> parts = new ArrayList<>();
    for (int left = size(); left > 0; left--) {
      parts.add(form.read(this));
    }
    return List.copyOf(parts);
  }
}
