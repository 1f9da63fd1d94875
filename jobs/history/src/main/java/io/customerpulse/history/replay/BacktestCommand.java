package io.customerpulse.history.replay;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed rules would have done, beside the present ones, before they are published. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Runs history twice through the topologies of production, under the present rules and under"
          + " the present ones with RULES over them, and shows both sides of each rule: episodes,"
          + " what was fired by step and by day, what was kept back and why, customers reached,"
          + " orders that followed, and what was held out. Nothing is sent.",
      "Every rule counts as active from the beginning. Nobody was really addressed, so the orders"
          + " are those that came anyway: they tell whom a rule reaches, not what it brings."
    })
public final class BacktestCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RULES",
      description = "Changed rules: a file or a directory. They replace present ones of their ids.")
  private Path changedPath;

  @Mixin private InputOptions input;

  @Option(
      names = "--present",
      paramLabel = "PATH",
      description = "The present rules: a file or a directory [config/rules].")
  private Path presentPath;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parts that run at once, 1 to 16 [the number of cores, at most 4].")
  private String parallelism;

  @Option(names = "--json", description = "Print JSON, with every day.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final ReplayCluster cluster;

  public BacktestCommand() {
    this(new OwnCluster());
  }

  BacktestCommand(ReplayCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Problems problems = new Problems();
    List<Path> files = input.files(problems);
    Instant end = input.asOf(problems);
    int parts = ReplayCommand.parallelism(parallelism, problems);
    DeploymentSettings settings = input.settings(problems);
    Path presentRules = presentPath == null ? Installation.current().rules() : presentPath;
    RuleSet present =
        ReplayCommand.take(() -> ReplayCommand.rules(presentRules, settings), problems);
    RuleSet changes =
        ReplayCommand.take(() -> ReplayCommand.rules(changedPath, settings), problems);
    problems.throwIfAny();
    Path work = Files.createTempDirectory("backtest-");
    PrintWriter err = spec.commandLine().getErr();
    Set<String> warnings = new LinkedHashSet<>(present.warnings());
    warnings.addAll(changes.warnings());
    ReplayCommand.warn(warnings, err);
    BacktestReport report;
    try (Progress progress = Progress.onStandardError()) {
      Backtest backtest = new Backtest(settings, progress, cluster);
      err.println("1 of 2: the present rules");
      Map<String, RuleFigures> before =
          figures(backtest, work.resolve("present"), files, end, settings, present, parts);
      err.println("2 of 2: with the changed rules");
      Map<String, RuleFigures> after =
          figures(
              backtest,
              work.resolve("changed"),
              files,
              end,
              settings,
              over(present, changes),
              parts);
      report = new BacktestReport(after, before);
    } finally {
      FileUtils.deleteDirectory(work.toFile());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static Map<String, RuleFigures> figures(
      Backtest backtest,
      Path folder,
      List<Path> files,
      Instant end,
      DeploymentSettings settings,
      RuleSet rules,
      int parts)
      throws IOException, InterruptedException {
    return backtest.figures(
        new ReplayRequest(files, new OutputFolder(folder), end, settings, rules, parts, null),
        folder);
  }

  /** What would be in force if the changes were published. */
  static RuleSet over(RuleSet present, RuleSet changes) {
    Map<String, Rule> byId = new TreeMap<>();
    present.all().forEach(rule -> byId.put(rule.id(), rule));
    changes.all().forEach(rule -> byId.put(rule.id(), rule));
    return RuleSet.of(byId.values());
  }
}
