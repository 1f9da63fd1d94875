package io.customerpulse.domain.rfm;

import java.time.Instant;

/** What becomes of the population of a tenant. */
public sealed interface PopulationEffect {

  /** In the order of the snapshots that they are of. */
  record CutsTaken(CutPoints points) implements PopulationEffect {}

  /**
   * Cuts that nobody is to know any more.
   *
   * @param takenAt the last snapshot
   */
  record CutsGivenUp(String tenantId, String version, Instant takenAt)
      implements PopulationEffect {}

  /** How many snapshots fell over the limit of those that may be pending. */
  record SnapshotsMerged(int count) implements PopulationEffect {}
}
