package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The end of episodes of one kind, and the proof that what they fired from then on was wrong.
 *
 * @param at event time of the exit
 * @param reason of the cancellations
 * @param closes which live episodes
 * @param disproves which fires, if they come at the exit or after it
 */
public record ExitEvent(
    Instant at,
    TriggerReason reason,
    BiPredicate<Rule, Episode> closes,
    BiPredicate<Rule, FiredTrigger> disproves) {

  /** The end of what was opened by then and is about certain scope keys. */
  public static ExitEvent ofScope(Instant at, TriggerReason reason, Predicate<String> scope) {
    return new ExitEvent(
        at,
        reason,
        (rule, episode) -> !episode.openedAt().isAfter(at) && scope.test(episode.scopeKey()),
        (rule, fire) -> !fire.openedAt().isAfter(at) && scope.test(fire.scopeKey()));
  }
}
