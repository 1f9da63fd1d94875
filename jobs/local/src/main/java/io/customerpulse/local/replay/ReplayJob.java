package io.customerpulse.local.replay;

import io.customerpulse.domain.ingest.ReadResult;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.pipelines.job.BehaviorJob;
import io.customerpulse.pipelines.job.JobEnvironment;
import io.customerpulse.pipelines.job.RunMode;
import io.customerpulse.pipelines.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The second pass: the records, in order, through the topologies of production.
 *
 * <pre>
 * sorted runs → read → [BehaviorJob.connect] → render → output files
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
  private static final int WATERMARK_EVERY = 64;

  private ReplayJob() {}

  /**
   * The job, ready to be executed. A cluster of its own listens on the loopback interface alone.
   *
   * @param asOf no record of the runs is later
   */
  static StreamExecutionEnvironment of(
      ReplayRequest request, List<Path> runs, Instant asOf, Path work, ReplayCluster cluster) {
    Settings settings = request.settings();
    RuleSet rules = request.rules();
    StreamExecutionEnvironment env =
        cluster.environment(configuration(settings, work), request.parallelism());
    List<String> sources = request.files().stream().map(Path::toString).toList();
    DataStream<ReadResult> readings =
        env.fromSource(
                new SortedRecordsSource(
                    runs.stream().map(Path::toString).toList(), WATERMARK_EVERY),
                WatermarkStrategy.noWatermarks(),
                "Merge sorted runs",
                SortedRecordsSource.RECORD)
            .setParallelism(1)
            .uid("merge-sorted-runs")
            .map(new ReadFunction(settings, sources))
            .returns(Types.READ_RESULT)
            .uid("read-records")
            .name("Read records");
    BehaviorJob.connect(readings, settings, rules, RunMode.boundedAt(asOf))
        .flatMap(new RenderFunction())
        .returns(RenderFunction.LINE)
        .uid("render-lines")
        .name("Render lines")
        .sinkTo(new OutputFilesSink(work.toString()))
        .setParallelism(1)
        .uid("write-files")
        .name("Write files");
    return env;
  }

  static Configuration configuration(Settings settings, Path work) {
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
    configuration.set(CoreOptions.TMP_DIRS, work.toString());
    return configuration;
  }
}
