package io.customerpulse.domain.customer;

import io.customerpulse.domain.rfm.Scoring;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;

/**
 * What a decision needs to know beyond the customer.
 *
 * @param watermark event time up to which everything has come; {@link Instant#MIN} at the start
 * @param wallTime the clock that decides whether a trigger is still valid; {@link Instant#MIN}
 *     where event time alone does
 * @param asOf the event time at which a bounded run ends, which publishes every profile once, then;
 *     null in a run without end
 */
public record Context(
    Instant watermark,
    Instant wallTime,
    Instant asOf,
    Settings settings,
    RuleBook rules,
    Scoring scoring) {}
