package io.customerpulse.domain.rfm;

import java.time.Instant;
import java.util.SortedMap;

/**
 * The population of one tenant.
 *
 * @param takenAt when cuts were last taken from it; null before the first time
 * @param counted everybody as of then
 * @param pending changes since, by the snapshot that sees them first. As many as the watermarks of
 *     the subtasks lie apart, at most {@value #PENDING_LIMIT}
 */
public record PopulationState(
    String tenantId,
    Instant takenAt,
    PopulationHistogram counted,
    SortedMap<Instant, PopulationHistogram> pending) {

  /** Beyond so many the two earliest snapshots are seen as one, and counted. */
  public static final int PENDING_LIMIT = 400;
}
