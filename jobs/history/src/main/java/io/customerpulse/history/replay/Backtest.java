package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Replays history under some rules, and adds up what became of each. */
final class Backtest {
  private final DeploymentSettings settings;
  private final Progress progress;
  private final ReplayCluster cluster;
  private final JsonMapper json = new JsonMapper();

  Backtest(DeploymentSettings settings, Progress progress, ReplayCluster cluster) {
    this.settings = settings;
    this.progress = progress;
    this.cluster = cluster;
  }

  /**
   * The figures of each rule, by its id.
   *
   * @param request whose outputs are read and of no further use
   * @throws IOException where the replay fails
   */
  Map<String, RuleFigures> figures(ReplayRequest request, Path folder)
      throws IOException, InterruptedException {
    ReplaySummary summary = new Replay(request, progress, cluster).run();
    RuleSet rules = request.rules();
    Map<String, RuleFigures.Tally> tallies = new TreeMap<>();
    rules.all().forEach(rule -> tallies.put(rule.id(), new RuleFigures.Tally()));
    read(
        folder.resolve(OutputFile.TRIGGERS.fileName()),
        tallies,
        (tally, line) ->
            tally.trigger(line, settings.domain().tenant(line.get("tenant_id").asText()).zone()));
    read(
        folder.resolve(OutputFile.TRIGGER_OUTCOMES.fileName()),
        tallies,
        RuleFigures.Tally::outcome);
    Map<String, RuleFigures> figures = new TreeMap<>();
    for (Rule rule : rules.all()) {
      long episodes = summary.triggers().get(rule.id()).episodes();
      figures.put(rule.id(), tallies.get(rule.id()).figures(rule.version(), episodes));
    }
    return figures;
  }

  private void read(
      Path file,
      Map<String, RuleFigures.Tally> tallies,
      BiConsumer<RuleFigures.Tally, JsonNode> add)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode record = json.readTree(line);
        add.accept(tallies.get(record.get("rule_id").asText()), record);
      }
    }
  }
}
