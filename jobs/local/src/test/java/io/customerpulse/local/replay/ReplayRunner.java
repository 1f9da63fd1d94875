package io.customerpulse.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.local.cli.Progress;
import io.customerpulse.local.replay.sort.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** Replays on one cluster that stays up, because starting it takes longer than most replays. */
final class ReplayRunner {
  static final JsonMapper JSON = new JsonMapper();

  private final int parallelism;
  private final MiniCluster cluster;

  private ReplayRunner(int parallelism, MiniCluster cluster) {
    this.parallelism = parallelism;
    this.cluster = cluster;
  }

  /** Starts a cluster with so many slots. */
  static ReplayRunner start(int parallelism, Settings settings, Path work) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(ReplayJob.configuration(settings, work))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .build());
    cluster.start();
    return new ReplayRunner(parallelism, cluster);
  }

  /** Replays as the command does; a contradiction in the summary is an error. */
  ReplaySummary replay(
      List<Path> inputs, Path out, Instant asOf, Settings settings, RuleSet rules, int parts)
      throws IOException, InterruptedException {
    Problems problems = new Problems();
    OutputFolder folder = new OutputFolder(out);
    folder.check(problems);
    List<Path> files = InputFiles.find(inputs, problems);
    problems.throwIfAny();
    ReplayRequest request =
        new ReplayRequest(
            files, folder, asOf, settings, ReplayRequest.activeFromTheBeginning(rules), parts);
    ReplaySummary summary;
    try (Progress progress = Progress.onStandardError()) {
      summary =
          new Replay(
                  request,
                  progress,
                  (configuration, wanted) ->
                      new TestStreamEnvironment(
                          cluster, configuration, wanted, List.of(), List.of()))
              .run();
    }
    if (!summary.contradictions().isEmpty()) {
      throw new AssertionError(summary.contradictions());
    }
    return summary;
  }

  int parallelism() {
    return parallelism;
  }

  /** The objects in one of the outputs. */
  static List<JsonNode> lines(Path out, OutputFile file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve(file.fileName()))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  void stop() throws Exception {
    cluster.close();
  }
}
