package io.customerpulse.domain.ingest;

import io.customerpulse.domain.event.BehaviorEvent;
import java.util.List;

/**
 * What is known of the events of one identifier.
 *
 * @param pending events that the watermark hasn't reached, in {@link Deduplicator#ORDER}; at most
 *     {@link Deduplicator#MAX_PENDING}
 * @param standing the ids of events that were accepted
 */
public record DedupState(List<BehaviorEvent> pending, Fingerprints standing) {
  static final DedupState EMPTY = new DedupState(List.of(), Fingerprints.NONE);

  boolean isEmpty() {
    return pending.isEmpty() && standing.size() == 0;
  }
}
