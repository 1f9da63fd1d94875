package io.customerpulse.history.replay;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.rule.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is to be made of history, checked already.
 *
 * @param files readable, in any order
 * @param asOf the event time at which history ends; null for that of the last event
 * @param startFrom from when on the broker's records are read afterwards; null for {@link #OVERLAP}
 *     before the end of history
 * @param rules as the job will have them
 * @param parallelism from 1
 */
record BootstrapRequest(
    List<Path> files,
    SavepointFolder out,
    Instant asOf,
    Instant startFrom,
    DeploymentSettings settings,
    RuleSet rules,
    int parallelism) {
  /**
   * So much of the topic is read though history ought to have it: the clocks of producers differ,
   * and what is there twice is found out.
   */
  static final Duration OVERLAP = Duration.ofHours(1);

  /** The same files and settings, as the run that takes the cuts wants to know them. */
  ReplayRequest forCuts(Path work) {
    return new ReplayRequest(
        files, new OutputFolder(work), asOf, settings, RuleSet.EMPTY, parallelism, null);
  }
}
