package io.customerpulse.domain.deadletter;

import java.util.Locale;

/** Why a record could not be taken. */
public enum DeadLetterCode {
  NOT_JSON,
  INVALID_UTF8,
  TOO_LARGE,
  /** JSON, but not an object of the envelope's shape. */
  WRONG_SHAPE,
  UNKNOWN_TYPE,
  MISSING_FIELD,
  BAD_VALUE,
  NO_IDENTIFIER,
  EVENT_TIME_OUT_OF_RANGE,
  WRONG_CURRENCY,
  RATE_LIMITED,
  ERASED,
  RULE_INVALID;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }
}
