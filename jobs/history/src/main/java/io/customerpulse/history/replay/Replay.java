package io.customerpulse.history.replay;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.TriggerReason;
import io.customerpulse.history.replay.ReplayJob.Pass;
import io.customerpulse.history.replay.ReplaySummary.RuleCounts;
import io.customerpulse.history.replay.sort.EventTimeOrder;
import io.customerpulse.tables.BoundedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One replay: the input is put into the order of its event times, then it goes through the
 * topologies, then the outputs are moved to their place. Where the population decides about scores
 * it goes through them twice: the cuts that the first run takes depend on nothing that is decided
 * with them, so they are the same as those of the second, which has them from the beginning. Where
 * it writes it is alone: a second one is refused.
 */
final class Replay {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final ReplayRequest request;
  private final Progress progress;
  private final ReplayCluster cluster;
  private final JobRun job;

  Replay(ReplayRequest request, Progress progress) {
    this(request, progress, new OwnCluster());
  }

  Replay(ReplayRequest request, Progress progress, ReplayCluster cluster) {
    this.cluster = cluster;
    this.request = request;
    this.progress = progress;
    this.job = new JobRun(progress);
  }

  /**
   * Replays.
   *
   * @throws IOException where the input can't be read, the outputs can't be written, or the run
   *     fails
   */
  ReplaySummary run() throws IOException, InterruptedException {
    if (request.tables() == null) {
      return run(null);
    }
    try (BoundedRun tables = BoundedRun.take(request.tables(), Installation.command("replay"))) {
      return run(tables);
    }
  }

  private ReplaySummary run(BoundedRun tables) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    OutputFolder out = request.out();
    Path work = out.begin();
    ShutdownHook cleaning = new ShutdownHook("replay-cleaning", this::stop);
    try {
      EventTimeOrder.Result sorted = sort(work);
      Map<String, Object> counted = replay(sorted, work, tables);
      progress.clear();
      double seconds =
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) / MILLIS_PER_SECOND;
      ReplaySummary summary = summary(sorted, counted, seconds);
      summary.write(OutputFolder.draft(work, OutputFolder.SUMMARY));
      out.publish();
      return summary;
    } finally {
      cleaning.close();
    }
  }

  static void createDrafts(Path folder) throws IOException {
    for (OutputFile file : OutputFile.values()) {
      Files.createFile(OutputFolder.draft(folder, file.fileName()));
    }
  }

  private EventTimeOrder.Result sort(Path work) throws IOException {
    createDrafts(work);
    Path spill = Files.createDirectory(work.resolve("sort"));
    try (OversizedRecords oversized =
        new OversizedRecords(OutputFolder.draft(work, OutputFile.DEAD_LETTERS.fileName()))) {
      return InputSorting.sort(
          request.files(), request.settings().domain(), request.asOf(), spill, oversized, progress);
    }
  }

  private Map<String, Object> replay(EventTimeOrder.Result sorted, Path work, BoundedRun tables)
      throws IOException, InterruptedException {
    Instant asOf = request.asOf();
    if (asOf == null) {
      // Without an event there is nothing that time could bring about.
      asOf = sorted.last() == null ? Instant.EPOCH : sorted.last();
    }
    if (tables != null) {
      tables.begin();
    }
    Pass pass = new Pass(sorted.runs(), RunMode.boundedAt(asOf), work);
    List<CutPoints> cuts = List.of();
    if (request.settings().domain().rfm().scoring() == Settings.Scoring.QUINTILES) {
      cuts = takeCuts(pass, sorted.read());
    }
    Map<String, Object> counted =
        job.toEnd(
            ReplayJob.deciding(request, pass, cluster, cuts), "Replay", "Replaying", sorted.read());
    if (tables != null) {
      tables.end(asOf);
    }
    return counted;
  }

  private List<CutPoints> takeCuts(Pass pass, long records)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(pass.work().resolve("cuts"));
    createDrafts(folder);
    job.toEnd(
        ReplayJob.takingCuts(request, pass, cluster, folder),
        "Replay: take cuts",
        "Counting the population",
        records);
    return CutsFile.read(OutputFolder.draft(folder, OutputFile.RFM_CUT_POINTS.fileName()));
  }

  private ReplaySummary summary(
      EventTimeOrder.Result sorted, Map<String, Object> accumulators, double seconds) {
    RunCounters counts = new RunCounters(accumulators);
    Map<String, Long> outputs = new LinkedHashMap<>();
    for (OutputFile file : OutputFile.values()) {
      outputs.put(file.fileName(), count(accumulators, RenderFunction.linesOf(file)));
    }
    outputs.merge(OutputFile.DEAD_LETTERS.fileName(), sorted.tooLarge(), Long::sum);
    Map<String, Long> customers = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      customers.put(stage.name(), count(accumulators, RenderFunction.customersIn(stage.name())));
    }
    Map<String, RuleCounts> triggers = new LinkedHashMap<>();
    for (Rule rule : request.rules().all()) {
      triggers.put(rule.id(), ruleCounts(counts, rule.id()));
    }
    return ReplaySummary.of(
        RunFigures.of(sorted, counts, customers),
        counts.total(Metric.LATE),
        triggers,
        outputs,
        seconds);
  }

  private static RuleCounts ruleCounts(RunCounters counts, String rule) {
    return new RuleCounts(
        counts.of(Metric.EPISODES, rule),
        counts.of(Metric.TRIGGERS, rule, "fire"),
        counts.of(Metric.OUTCOMES, rule, "cancelled"),
        counts.of(Metric.OUTCOMES, rule, "suppressed"),
        counts.of(Metric.SUPPRESSED, rule, TriggerReason.FILTER_ERROR.wireName()),
        counts.of(Metric.OUTCOMES, rule, "expired"),
        counts.of(Metric.OUTCOMES, rule, "converted"));
  }

  private static long count(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Long count ? count : 0;
  }

  /** At the end, or when the process is told to end. */
  private void stop() {
    job.cancel();
    cluster.close();
    request.out().clear();
  }
}
