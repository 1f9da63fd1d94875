package io.customerpulse.domain.ingest;

import io.customerpulse.domain.event.BehaviorEvent;

/** What was found out about the events of one identifier. */
public sealed interface DeduplicationResult {

  /** The first of its copies. */
  record Unique(BehaviorEvent event) implements DeduplicationResult {}

  /** A further copy. */
  record Duplicate(BehaviorEvent event) implements DeduplicationResult {}

  /** One that found no place among too many that wait: rate_limited. */
  record Flooded(BehaviorEvent event) implements DeduplicationResult {}

  /** Ids were forgotten before their time, the oldest of too many. */
  record Forgotten(int fingerprints) implements DeduplicationResult {}
}
