package io.customerpulse.history.replay;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.history.replay.JobRun.Stopped;
import io.customerpulse.history.replay.ReplayJob.Pass;
import io.customerpulse.history.replay.sort.EventTimeOrder;
import io.customerpulse.runtime.kafka.TopicStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * History as a savepoint of the behaviour job: what that job would know if it had read all of it
 * from Kafka. The input is put into order and goes through the job's own topologies up to the end
 * of history, where event time stands still; whatever was due by then has been judged, and nothing
 * that was said is sent.
 */
final class Bootstrap {
  private final BootstrapRequest request;
  private final Progress progress;
  private final ReplayCluster cluster;
  private final JobRun job;

  Bootstrap(BootstrapRequest request, Progress progress) {
    this(request, progress, new OwnCluster());
  }

  Bootstrap(BootstrapRequest request, Progress progress, ReplayCluster cluster) {
    this.request = request;
    this.progress = progress;
    this.cluster = cluster;
    this.job = new JobRun(progress);
  }

  /**
   * Runs.
   *
   * @throws IOException where the input can't be read, there are no events in it, the savepoint
   *     can't be written, or the run fails
   */
  BootstrapSummary run() throws IOException, InterruptedException {
    // Asked for now, so that nobody waits for hours to hear that there is no broker.
    startAt(Instant.EPOCH);
    Path work = request.out().begin();
    ShutdownHook cleaning = new ShutdownHook("bootstrap-cleaning", this::stop);
    try {
      return run(work);
    } finally {
      cleaning.close();
    }
  }

  private TopicStart startAt(Instant time) throws InterruptedException {
    return TopicStart.at(request.settings().kafka(), Topic.TRACKING_EVENTS.wireName(), time);
  }

  private BootstrapSummary run(Path work) throws IOException, InterruptedException {
    EventTimeOrder.Result sorted =
        InputSorting.sort(
            request.files(),
            request.settings().domain(),
            request.asOf(),
            Files.createDirectory(work.resolve("sort")),
            (source, line) -> {},
            progress);
    if (sorted.last() == null) {
      throw new IOException("There is no event in the input");
    }
    Instant end = request.asOf() == null ? sorted.last() : request.asOf();
    Pass pass = new Pass(sorted.runs(), RunMode.handingOverAt(end), work);
    List<CutPoints> cuts = List.of();
    if (request.settings().domain().rfm().scoring() == Settings.Scoring.QUINTILES) {
      cuts = takeCuts(pass, sorted.read());
    }
    Instant startFrom =
        request.startFrom() == null ? end.minus(BootstrapRequest.OVERLAP) : request.startFrom();
    TopicStart start = startAt(startFrom);
    Path savepoints = Files.createDirectory(work.resolve("savepoints"));
    Stopped stopped =
        job.until(
            counted ->
                counted.get(BootstrapSink.arrived()) instanceof Long subtasks
                    && subtasks == request.parallelism(),
            BootstrapJob.deciding(request, pass, cluster, cuts, start),
            "Bootstrap",
            "KeyedLogicSpec",
            sorted.read(),
            savepoints.toUri().toString());
    progress.clear();
    request.out().publish(Path.of(URI.create(stopped.savepoint())));
    return summary(sorted, end, startFrom, start, stopped.counted());
  }

  private List<CutPoints> takeCuts(Pass pass, long records)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(pass.work().resolve("cuts"));
    Replay.createDrafts(folder);
    job.toEnd(
        ReplayJob.takingCuts(request.forCuts(pass.work()), pass, cluster, folder),
        "Bootstrap: take cuts",
        "Counting the population",
        records);
    return CutsFile.read(OutputFolder.draft(folder, OutputFile.RFM_CUT_POINTS.fileName()));
  }

  private BootstrapSummary summary(
      EventTimeOrder.Result sorted,
      Instant end,
      Instant startFrom,
      TopicStart start,
      Map<String, Object> accumulators)
      throws IOException {
    RunCounters counts = new RunCounters(accumulators);
    Map<String, Long> customers = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      if (accumulators.get(BootstrapSink.customersIn(stage)) instanceof Long count) {
        customers.put(stage.name(), count);
      }
    }
    return new BootstrapSummary(
        end,
        RunFigures.of(sorted, counts, customers),
        counts.total(Metric.TRIGGERS),
        startFrom,
        start,
        request.out().bytes());
  }

  /** At the end, or when the process is told to end. */
  private void stop() {
    job.cancel();
    cluster.close();
    request.out().clear();
  }
}
