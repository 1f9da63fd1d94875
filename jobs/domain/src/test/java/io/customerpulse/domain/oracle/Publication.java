package io.customerpulse.domain.oracle;

import io.customerpulse.domain.rule.PublishedRule;
import java.time.Instant;

/**
 * A word on a rule while a run goes on.
 *
 * @param at up to where event time has come by then
 */
public record Publication(Instant at, PublishedRule word) {}
