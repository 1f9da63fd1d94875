package io.customerpulse.history.replay;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.job.BehaviorPipeline;
import io.customerpulse.behavior.job.Sinks;
import io.customerpulse.behavior.job.Sources;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.TablesTopology;
import io.customerpulse.tables.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The passes over the records in order, through the topologies of production: where the population
 * decides about scores, one that takes its cuts, then the one that has them from the beginning.
 *
 * <pre>
 * sorted runs → read → [BehaviorPipeline.connectCuts] → render → rfm_cut_points.jsonl
 * sorted runs → read → [BehaviorPipeline.connect] → render → output files
 *     (one)      (parallelism of the run)                  (one)
 * </pre>
 */
final class ReplayJob {

  /** RocksDB's memory, of all tasks together; outside the heap. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(256);

  /** Between tasks; enough for {@link ReplayCommand#MAX_PARALLELISM}. */
  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(96);

  /** How often the tasks tell what they have counted, which is what progress shows. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /**
   * A watermark is work for every task, a record that waits for it only a little memory: this is
   * where more of the former bought nothing any more.
   */
  static final int WATERMARK_EVERY = 64;

  /** All of it is within one process: who doesn't answer for long is busy, not lost. */
  private static final Duration BUSY_MACHINE = Duration.ofMinutes(2);

  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(30);

  private ReplayJob() {}

  /**
   * The job that takes the cuts, ready to be executed. A cluster of its own listens on the loopback
   * interface alone.
   *
   * @param cuts a folder with an empty draft of each output
   */
  static StreamExecutionEnvironment takingCuts(
      ReplayRequest request, Pass pass, ReplayCluster cluster, Path cuts) {
    StreamExecutionEnvironment env = environment(request, pass, cluster);
    BehaviorPipeline.connectCuts(
        Sources.of(parsed(env, request, pass)),
        files(cuts).andThen(tables(request, EnumSet.of(OutputTable.RFM_CUT_POINTS))),
        request.settings().domain(),
        pass.run());
    return env;
  }

  /**
   * The job that decides, as {@link #takingCuts}.
   *
   * @param cuts all that are taken by the end of the run, as far as decisions depend on them
   */
  static StreamExecutionEnvironment deciding(
      ReplayRequest request, Pass pass, ReplayCluster cluster, List<CutPoints> cuts) {
    StreamExecutionEnvironment env = environment(request, pass, cluster);
    if (request.tables() != null) {
      commitWhileItRuns(env, pass.work());
    }
    // The cuts are in their table already: from the pass that took them.
    Set<OutputTable> others = EnumSet.complementOf(EnumSet.of(OutputTable.RFM_CUT_POINTS));
    BehaviorPipeline.connect(
        Sources.of(parsed(env, request, pass)),
        files(pass.work()).andThen(tables(request, others)),
        request.settings().domain(),
        request.rules(),
        pass.run().withCuts(cuts));
    return env;
  }

  /**
   * What is passed over.
   *
   * @param runs the records, sorted
   * @param run how far time goes: no record of the runs is later
   * @param work a folder for everything on disk
   */
  record Pass(List<Path> runs, RunMode run, Path work) {}

  private static StreamExecutionEnvironment environment(
      ReplayRequest request, Pass pass, ReplayCluster cluster) {
    return cluster.environment(
        configuration(request.settings(), pass.work()), request.parallelism());
  }

  private static DataStream<ParseResult> parsed(
      StreamExecutionEnvironment env, ReplayRequest request, Pass pass) {
    List<String> sources = request.files().stream().map(Path::toString).toList();
    return env.fromSource(
            new SortedRecordsSource(
                pass.runs().stream().map(Path::toString).toList(), WATERMARK_EVERY),
            WatermarkStrategy.noWatermarks(),
            "Merge sorted runs",
            SortedRecordsSource.RECORD)
        .setParallelism(1)
        .uid("merge-sorted-runs")
        .map(new ReadFunction(request.settings().domain(), sources))
        .returns(Types.PARSE_RESULT)
        .uid("read-records")
        .name("Read records");
  }

  /** Lines in the files of a folder. */
  static Sinks files(Path folder) {
    return outputs ->
        outputs
            .union()
            .flatMap(new RenderFunction())
            .returns(RenderFunction.LINE)
            .uid("render-lines")
            .name("Render lines")
            .sinkTo(new OutputFilesSink(folder.toString()))
            .setParallelism(1)
            .uid("write-files")
            .name("Write files");
  }

  /** A writer keeps a file open for every day that it has seen since the last commit. */
  private static void commitWhileItRuns(StreamExecutionEnvironment env, Path work) {
    env.enableCheckpointing(BETWEEN_COMMITS.toMillis());
    Configuration checkpoints = new Configuration();
    checkpoints.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, work.resolve("checkpoints").toUri().toString());
    checkpoints.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    env.configure(checkpoints);
  }

  /** Rows in some of the tables, if any are asked for. */
  private static Sinks tables(ReplayRequest request, Set<OutputTable> tables) {
    if (request.tables() == null) {
      return outputs -> {};
    }
    DeploymentSettings settings = request.settings().withWarehouse(request.tables().toString());
    return outputs -> {
      try (Warehouse warehouse = Warehouse.open(settings.tables())) {
        warehouse.prepare();
        TablesTopology.apply(outputs.union(), settings.domain(), warehouse, tables);
      }
    };
  }

  static Configuration configuration(DeploymentSettings settings, Path work) {
    Configuration configuration = JobEnvironment.onLoopback(JobEnvironment.bounded());
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
    configuration.set(StateBackendOptions.STATE_BACKEND, settings.state().backend());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.NO_RESTART_STRATEGY.getMainValue());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
    configuration.set(RpcOptions.ASK_TIMEOUT_DURATION, BUSY_MACHINE);
    configuration.set(CoreOptions.TMP_DIRS, work.toString());
    return configuration;
  }
}
