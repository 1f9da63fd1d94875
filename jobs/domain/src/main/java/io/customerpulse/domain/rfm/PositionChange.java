package io.customerpulse.domain.rfm;

import java.time.Instant;

/**
 * A customer comes into the population of a tenant, moves within it, or leaves it.
 *
 * @param at event time of the change
 * @param from null who comes
 * @param to null who leaves
 */
public record PositionChange(String tenantId, Instant at, RfmPosition from, RfmPosition to) {}
