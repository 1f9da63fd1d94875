package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.util.List;

/**
 * One customer's history and what it is judged by.
 *
 * @param events in any order
 * @param wallTime {@link Instant#MIN} where event time decides what is still valid
 * @param asOf where the run ends, not before the last event
 */
public record Scenario(
    List<BehaviorEvent> events,
    Settings settings,
    List<Rule> rules,
    Cuts cuts,
    Instant wallTime,
    Instant asOf) {}
