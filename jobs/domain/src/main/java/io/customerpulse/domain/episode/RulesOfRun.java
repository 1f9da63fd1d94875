package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TenantRules;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The rules, and what holds for all of them, for one tenant.
 *
 * @param zone of quiet hours
 * @param settings what holds for all rules
 * @param wallTime decides whether a step is still valid; {@link Instant#MIN} where event time does
 */
public record RulesOfRun(
    TenantRules rules, Settings.Triggers settings, ZoneId zone, Instant wallTime) {

  Duration conversion() {
    return settings.conversion();
  }

  /** The version that an episode runs under, or what has replaced it; null if nothing has. */
  Rule rule(Episode episode) {
    return rules.version(episode.ruleId(), episode.ruleVersion());
  }

  /** The version that has fired, or what has replaced it; null if nothing has. */
  Rule rule(FiredTrigger fire) {
    return rules.version(fire.ruleId(), fire.ruleVersion());
  }

  /** The newest version of a rule; null if there is none. */
  Rule newest(String ruleId) {
    return rules.version(ruleId, 0);
  }

  /** How long a fire is remembered: as long as anything may still refer to it. */
  Duration fireLife() {
    Duration life = longer(TriggerHistory.CANCELLABLE_FOR, settings.conversion());
    life = longer(life, settings.precedence());
    life = longer(life, per(settings.cap()));
    return longer(life, rules.longestLookBack()).plusDays(1);
  }

  private static Duration per(Cap cap) {
    return cap == null ? Duration.ZERO : cap.per();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
