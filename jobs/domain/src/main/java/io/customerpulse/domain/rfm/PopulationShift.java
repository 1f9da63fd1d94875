package io.customerpulse.domain.rfm;

import java.time.Instant;

/**
 * What the moves of several customers change together.
 *
 * @param countedAt the first taking of cuts that sees them
 * @param change may have negative counts
 */
public record PopulationShift(String tenantId, Instant countedAt, Population change) {}
