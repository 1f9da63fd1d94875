package io.customerpulse.history.replay;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.rule.RuleSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What is to be replayed, checked already.
 *
 * @param files readable, in any order
 * @param asOf the event time at which it ends; null for that of the last event
 * @param parallelism from 1
 * @param tables the folder of the warehouse that is filled too; null for none
 */
record ReplayRequest(
    List<Path> files,
    OutputFolder out,
    Instant asOf,
    DeploymentSettings settings,
    RuleSet rules,
    int parallelism,
    Path tables) {

  /** The rules as a replay takes them: whenever they were published, they judge all of history. */
  static RuleSet activeFromTheBeginning(RuleSet rules) {
    return RuleSet.of(rules.all().stream().map(rule -> rule.activatedAt(null)).toList());
  }
}
