package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.time.Instant;

/** The domain's fields into the library's binary form: neither knows the other. */
record CompactFieldWriter(CompactWriter out) implements FieldWriter {

  @Override
  public void flag(boolean value) throws IOException {
    out.flag(value);
  }

  @Override
  public void count(long value) throws IOException {
    out.count(value);
  }

  @Override
  public void number(long value) throws IOException {
    out.number(value);
  }

  @Override
  public void instant(Instant value) throws IOException {
    out.instant(value);
  }

  @Override
  public void text(String value) throws IOException {
    out.text(value);
  }
}
