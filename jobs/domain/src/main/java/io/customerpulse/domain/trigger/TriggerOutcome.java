package io.customerpulse.domain.trigger;

import io.customerpulse.domain.event.Payload.MessageStatus;
import java.time.Instant;

/**
 * One outcome of one step. A trigger that several orders follow has a CONVERTED for each.
 *
 * @param orderId of a CONVERTED; else null
 * @param revenueMinor of a CONVERTED: the order's amount where it is attributed to this trigger, 0
 *     where another one gets it; else null
 * @param liftConverted of a CONVERTED: whether it counts for the rule's lift, which looks at the
 *     first step fired of an episode alone; else null
 * @param messageStatus the last that is known of the message of a step that fired; null where
 *     nothing was reported
 */
public record TriggerOutcome(
    String triggerId,
    String ruleId,
    int ruleVersion,
    String tenantId,
    String customerId,
    int step,
    Outcome outcome,
    TriggerReason reason,
    Instant at,
    String orderId,
    Long revenueMinor,
    Boolean liftConverted,
    MessageStatus messageStatus) {}
