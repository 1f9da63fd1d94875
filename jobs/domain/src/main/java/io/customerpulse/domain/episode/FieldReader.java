package io.customerpulse.domain.episode;

import java.io.IOException;
import java.time.Instant;

/** Gives back the fields that a {@link FieldWriter} has taken, in the same order. */
public interface FieldReader {

  boolean flag() throws IOException;

  /** A {@link FieldWriter#count count} that is an int. */
  int size() throws IOException;

  long number() throws IOException;

  Instant instant() throws IOException;

  String text() throws IOException;
}
