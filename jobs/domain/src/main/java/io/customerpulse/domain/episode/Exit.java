package io.customerpulse.domain.episode;

import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * The end of episodes, and the proof that what they fired from then on was wrong.
 *
 * @param at event time of the exit
 * @param openedThrough the exit concerns episodes opened up to here, inclusive
 * @param reason of the cancellations
 * @param scope which live episodes, by their scope key
 * @param fire which fires
 */
record Exit(
    Instant at,
    Instant openedThrough,
    TriggerReason reason,
    Predicate<String> scope,
    Predicate<Fire> fire) {

  Exit(Instant at, Instant openedThrough, TriggerReason reason, Predicate<String> scope) {
    this(at, openedThrough, reason, scope, fire -> scope.test(fire.scopeKey()));
  }

  static Exit at(Instant at, TriggerReason reason, Predicate<String> scope) {
    return new Exit(at, at, reason, scope);
  }
}
