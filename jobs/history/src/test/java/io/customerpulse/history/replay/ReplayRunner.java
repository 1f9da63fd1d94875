package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.job.BehaviorPipeline;
import io.customerpulse.behavior.job.Sources;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.history.replay.ScenarioEvents.Arrival;
import io.customerpulse.history.replay.sort.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** Replays on one cluster that stays up, because starting it takes longer than most replays. */
final class ReplayRunner {
  static final JsonMapper JSON = new JsonMapper();

  private final int parallelism;
  private final MiniCluster cluster;
  private final Configuration more = new Configuration();

  private ReplayRunner(int parallelism, MiniCluster cluster) {
    this.parallelism = parallelism;
    this.cluster = cluster;
  }

  /**
   * For replays of so few customers that none of their states leaves the caches: where states are
   * never stored, opening and closing RocksDB for each replay would take longer than the replay.
   */
  ReplayRunner storingNothing() {
    more.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    return this;
  }

  /** Starts a cluster with so many slots. */
  static ReplayRunner start(int parallelism, DeploymentSettings settings, Path work)
      throws Exception {
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
      List<Path> inputs,
      Path out,
      Instant asOf,
      DeploymentSettings settings,
      RuleSet rules,
      int parts)
      throws IOException, InterruptedException {
    Problems problems = new Problems();
    OutputFolder folder = new OutputFolder(out);
    folder.check(problems);
    List<Path> files = InputFiles.find(inputs, problems);
    problems.throwIfAny();
    ReplayRequest request =
        new ReplayRequest(
            files,
            folder,
            asOf,
            settings,
            ReplayRequest.activeFromTheBeginning(rules),
            parts,
            null);
    ReplaySummary summary;
    try (Progress progress = Progress.onStandardError()) {
      summary = new Replay(request, progress, this::environment).run();
    }
    if (!summary.contradictions().isEmpty()) {
      throw new AssertionError(summary.contradictions());
    }
    return summary;
  }

  /**
   * Takes lines as they arrive, not in the order of a replay, so that some come late: when a line
   * arrives, the watermark is as far behind that moment as the settings say. Rules count from their
   * activation on. At a parallelism of one: between several subtasks a line could overtake its
   * watermark, and what is late would be chance.
   */
  void stream(
      List<Arrival> arrivals, Path out, Instant asOf, DeploymentSettings settings, RuleSet rules)
      throws Exception {
    Path work = Files.createDirectories(out);
    for (OutputFile file : OutputFile.values()) {
      Files.createFile(work.resolve(file.fileName()));
    }
    StreamExecutionEnvironment env = environment(ReplayJob.configuration(settings, work), 1);
    DataStream<ParseResult> parsed =
        ArrivingLines.of(env, arrivals, settings.domain().time().outOfOrderness())
            .map(new ReadFunction(settings.domain(), List.of("arrivals")))
            .returns(Types.PARSE_RESULT);
    BehaviorPipeline.connect(
        Sources.of(parsed),
        ReplayJob.files(work),
        settings.domain(),
        rules,
        RunMode.boundedAt(asOf));
    env.execute("Scenario");
  }

  private StreamExecutionEnvironment environment(Configuration configuration, int wanted) {
    configuration.addAll(more);
    return new TestStreamEnvironment(cluster, configuration, wanted, List.of(), List.of());
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
