package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Cap;
import io.customerpulse.domain.rule.Rule;
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
public record RulesOfRun(
    List<Rule> rules, Settings.Triggers settings, ZoneId zone, Instant wallTime) {

  Duration conversion() {
    return settings.conversion();
  }

  /** The version of a rule that an episode runs under, or what has replaced it; null if nothing. */
  Rule rule(Episode episode) {
    Rule replacement = null;
    for (Rule rule : rules) {
      if (rule.id().equals(episode.ruleId())) {
        if (rule.version() == episode.ruleVersion()) {
          return rule;
        }
        replacement = rule;
      }
    }
    return replacement;
  }

  /** How long a fire is remembered: as long as anything may still refer to it. */
  Duration fireLife() {
    Duration life = longer(Episodes.CANCELLABLE_FOR, settings.conversion());
    life = longer(life, settings.precedence());
    life = longer(life, per(settings.cap()));
    for (Rule rule : rules) {
      life = longer(life, longer(rule.cooldown(), per(rule.cap())));
    }
    return life.plusDays(1);
  }

  private static Duration per(Cap cap) {
    return cap == null ? Duration.ZERO : cap.per();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
