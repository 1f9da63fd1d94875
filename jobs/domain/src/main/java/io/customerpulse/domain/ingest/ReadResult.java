package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.event.BehaviorEvent;

/** What became of one record that was read. */
public sealed interface ReadResult {

  /** It is a clean event, whose duplicates are not known yet. */
  record Taken(BehaviorEvent event) implements ReadResult {}

  /** It is none. */
  record Refused(DeadLetter deadLetter) implements ReadResult {}
}
