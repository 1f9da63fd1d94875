package io.customerpulse.domain.lifecycle;

import java.time.Instant;

/**
 * A change of a customer's stage.
 *
 * @param from null for the first event of a customer
 * @param to null for an erased customer
 */
public record StageTransition(
    String tenantId,
    String customerId,
    Stage from,
    Stage to,
    Instant at,
    TransitionReason reason) {}
