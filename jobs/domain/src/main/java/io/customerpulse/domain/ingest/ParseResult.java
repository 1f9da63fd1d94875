package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.event.BehaviorEvent;

/** What became of one record that was read. */
public sealed interface ParseResult {

  /** It is a clean event, whose duplicates are not known yet. */
  record Valid(BehaviorEvent event) implements ParseResult {}

  /** It is none. */
  record Invalid(DeadLetter deadLetter) implements ParseResult {}
}
