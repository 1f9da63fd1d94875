package io.customerpulse.lab.simulator;

import io.customerpulse.domain.deadletter.DeadLetterCode;

/** What can be wrong with a broken record, and the code by which it should be refused. */
enum Defect {
  CUT_OFF(DeadLetterCode.NOT_JSON),
  NO_JSON_AT_ALL(DeadLetterCode.NOT_JSON),
  BYTES_INVALID(DeadLetterCode.INVALID_UTF8),
  ARRAY(DeadLetterCode.WRONG_SHAPE),
  BARE_TEXT(DeadLetterCode.WRONG_SHAPE),
  TYPE_UNKNOWN(DeadLetterCode.UNKNOWN_TYPE),
  TIME_MISSING(DeadLetterCode.MISSING_FIELD),
  APP_MISSING(DeadLetterCode.MISSING_FIELD),
  AMOUNT_MISSING(DeadLetterCode.MISSING_FIELD),
  IDENTIFIERS_MISSING(DeadLetterCode.NO_IDENTIFIER),
  IDENTIFIERS_JUNK(DeadLetterCode.NO_IDENTIFIER),
  TIME_UNREADABLE(DeadLetterCode.BAD_VALUE),
  AMOUNT_UNREADABLE(DeadLetterCode.BAD_VALUE),
  TIME_ABSURD(DeadLetterCode.EVENT_TIME_OUT_OF_RANGE),
  CURRENCY_FOREIGN(DeadLetterCode.WRONG_CURRENCY),
  /** Only where the settings give it a size. */
  OVERSIZED(DeadLetterCode.TOO_LARGE);

  private final DeadLetterCode code;

  Defect(DeadLetterCode code) {
    this.code = code;
  }

  DeadLetterCode code() {
    return code;
  }
}
