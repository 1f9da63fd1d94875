package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Cap;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The rules, and what holds for all of them, for one tenant.
 *
 * @param zone of quiet hours
 * @param settings what holds for all rules
 * @param wallTime decides whether a step is still valid; {@link Instant#MIN} where event time does
 */
public record RulesOfRun(RuleSet rules, Settings.Triggers settings, ZoneId zone, Instant wallTime) {

  Duration conversion() {
    return settings.conversion();
  }

  /** The rules of one kind, by id. */
  List<Rule> ofKind(TriggerKind kind) {
    return rules.ofKind(kind);
  }

  /**
   * The rule that an episode runs under, in its present version; null if there is none any more.
   */
  Rule rule(Episode episode) {
    return rules.byId(episode.ruleId()).orElse(null);
  }

  /** How long a fire is remembered: as long as anything may still refer to it. */
  Duration fireLife() {
    Duration life = longer(Episodes.CANCELLABLE_FOR, settings.conversion());
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
