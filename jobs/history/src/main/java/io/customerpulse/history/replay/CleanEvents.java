package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a replay without rules makes of tracking events, for whoever needs the events themselves:
 * each once, in time, with its customer.
 *
 * @param behaviorEvents the lines of topic behavior-events
 * @param redirects the lines of topic customer-redirects
 * @param asOf the event time at which it ended; null where nobody is known at the end
 */
public record CleanEvents(Path behaviorEvents, Path redirects, Instant asOf) {

  /**
   * Replays.
   *
   * @param asOf null for the time of the last event
   * @param folder a new or empty one, which takes the lines and a sorted copy of the input
   *     meanwhile
   */
  public static CleanEvents of(
      List<Path> files, Instant asOf, DeploymentSettings settings, Path folder, Progress progress)
      throws IOException, InterruptedException {
    Problems problems = new Problems();
    OutputFolder out = new OutputFolder(folder);
    out.check(problems);
    problems.throwIfAny();
    int parallelism = ReplayCommand.parallelism(null, problems);
    // Nobody asks for scores here, so the population needn't be counted first.
    DeploymentSettings unscored =
        settings.with(settings.domain().scoredBy(Settings.Scoring.THRESHOLDS));
    new Replay(
            new ReplayRequest(files, out, asOf, unscored, RuleSet.EMPTY, parallelism, null),
            progress)
        .run();
    return new CleanEvents(
        folder.resolve(OutputFile.BEHAVIOR_EVENTS.fileName()),
        folder.resolve(OutputFile.CUSTOMER_REDIRECTS.fileName()),
        asOf(folder.resolve(OutputFile.CUSTOMER_PROFILES.fileName())));
  }

  /** Every profile of a replay is as of its end. */
  private static Instant asOf(Path profiles) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(profiles)) {
      String line = lines.readLine();
      return line == null
          ? null
          : Instant.parse(new ObjectMapper().readTree(line).get("as_of").asText());
    }
  }
}
