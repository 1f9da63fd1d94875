package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.runtime.codec.CompactReader;
import java.io.IOException;
import java.time.Instant;

/** The domain's fields out of the library's binary form: neither knows the other. */
record CompactFieldReader(CompactReader in) implements FieldReader {

  @Override
  public boolean flag() throws IOException {
    return in.flag();
  }

  @Override
  public int size() throws IOException {
    return in.size();
  }

  @Override
  public long number() throws IOException {
    return in.number();
  }

  @Override
  public Instant instant() throws IOException {
    return in.instant();
  }

  @Override
  public String text() throws IOException {
    return in.text();
  }
}
