package io.customerpulse.domain.lifecycle;

import java.util.Locale;

/** Why a stage changed. */
public enum TransitionReason {
  FIRST_SEEN,
  FIRST_ORDER,
  REACTIVATED,
  LOYAL,
  REPEAT_ORDER,
  SILENCE,
  WINDOW_EXPIRED,
  REFUNDED,
  MERGED,
  ERASED,
  /** Learnt from an event that came after the watermark had passed it. */
  LATE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }
}
