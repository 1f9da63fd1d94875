package io.customerpulse.domain.rfm;

import java.io.Serializable;
import java.time.Instant;

/**
 * Cuts taken from the population of a tenant.
 *
 * @param takenAt the event time at which the population was so
 * @param effectiveAt the event time from which decisions use them
 */
public record CutPoints(String tenantId, Instant takenAt, Instant effectiveAt, Cuts cuts)
    implements Serializable {}
