package io.customerpulse.domain.rfm;

import java.time.Instant;

/**
 * A customer comes into the population of a tenant, moves within it, or leaves it.
 *
 * @param at event time of the change
 * @param from null who comes
 * @param to null who leaves
 */
public record PopulationMove(String tenantId, Instant at, Standing from, Standing to) {}
