package io.customerpulse.behavior.ingest;

import io.customerpulse.domain.event.BehaviorEvent;

/** What was found out about the events of one identifier. */
sealed interface Finding {

  /** The first of its copies. */
  record Unique(BehaviorEvent event) implements Finding {}

  /** A further copy. */
  record Duplicate() implements Finding {}

  /** One of too many that wait. */
  record Flooded(BehaviorEvent event) implements Finding {}

  /** Ids were forgotten before their time. */
  record Forgotten(int fingerprints) implements Finding {}
}
