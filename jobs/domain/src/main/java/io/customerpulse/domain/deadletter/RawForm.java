package io.customerpulse.domain.deadletter;

import java.util.Locale;

/** What the raw text of a dead letter is. */
public enum RawForm {
  /** The record as it was read. */
  RECORD,
  /** A record that is read as the event: the record itself is gone once its event has been read. */
  EVENT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON and Avro. */
  public String wireName() {
    return wireName;
  }
}
