package io.customerpulse.domain.trigger;

import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rule.TriggerKind;
import java.time.Instant;

/**
 * A message to a marketing system.
 *
 * @param triggerId from content: a replay or restart yields the same; FIRE and CANCEL share it
 * @param step from 1
 * @param firedAt dueAt, or the end of the quiet hours that held it
 * @param validUntil inclusive
 * @param variant {@code treated}, a variant's name, or {@code holdout}: count it, don't send it
 * @param reason why it is fired or cancelled
 * @param evidence null on a CANCEL
 */
public record Trigger(
    String triggerId,
    TriggerAction action,
    String ruleId,
    int ruleVersion,
    TriggerKind kind,
    String tenantId,
    String customerId,
    KnownIdentifiers identifiers,
    String episodeId,
    int step,
    Instant dueAt,
    Instant firedAt,
    Instant validUntil,
    String variant,
    TriggerReason reason,
    Evidence evidence) {}
