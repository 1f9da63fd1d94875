package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.DeadLetterCode;

/** A way out of the reading of one record; it never leaves this package and has no stack trace. */
final class Refusal extends Exception {
  private final DeadLetterCode code;

  Refusal(DeadLetterCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  DeadLetterCode code() {
    return code;
  }
}
