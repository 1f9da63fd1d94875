package io.customerpulse.domain.rfm;

import java.time.Instant;

/**
 * What the moves of several customers change together.
 *
 * @param snapshotAt the first snapshot that sees them
 * @param change may have negative counts
 */
public record HistogramDelta(String tenantId, Instant snapshotAt, PopulationHistogram change) {}
