package io.customerpulse.history.replay;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.job.BehaviorJob;
import io.customerpulse.behavior.job.BehaviorPipeline;
import io.customerpulse.behavior.job.Sinks;
import io.customerpulse.behavior.job.Sources;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.history.replay.ReplayJob.Pass;
import io.customerpulse.runtime.kafka.TopicStart;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The behaviour job over history instead of Kafka. Its operators have the uids that they have in
 * production, so its savepoint is one of that job: the sources leave where Kafka is to be read
 * from, the operators what they know, and nothing is left of a sink.
 *
 * <pre>
 * sorted runs → read → [BehaviorPipeline] → end of history
 * cuts still in use ─────────┘
 * </pre>
 */
final class BootstrapJob {
  /** RocksDB's memory, of all tasks together: the customers of all of history pass through it. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);

  /** Whatever it takes. */
  private static final Duration SAVEPOINT_WITHIN = Duration.ofHours(12);

  /** Barriers are to be what they are in production, but none is to come by itself. */
  private static final Duration NO_CHECKPOINT_WITHIN = Duration.ofDays(3_650);

  private BootstrapJob() {}

  /**
   * The job, ready to be executed.
   *
   * @param cuts all that are taken until the end
   * @param start where the job goes on in tracking-events
   */
  static StreamExecutionEnvironment deciding(
      BootstrapRequest request,
      Pass pass,
      ReplayCluster cluster,
      List<CutPoints> cuts,
      TopicStart start) {
    Instant end = pass.run().end().orElseThrow();
    StreamExecutionEnvironment env =
        cluster.environment(configuration(request.settings(), pass.work()), request.parallelism());
    BehaviorPipeline.connect(
        Sources.of(
            parsed(env, request, pass, start),
            controls(env, standing(cuts, request.settings().domain()), end)),
        endOfHistory(end),
        request.settings().domain(),
        request.rules(),
        pass.run().withCuts(cuts));
    return env;
  }

  private static Sinks endOfHistory(Instant end) {
    return outputs ->
        outputs
            .union()
            .transform("End of history", TopicRecordTypeInfo.INSTANCE, new BootstrapSink(end))
            .uid("end-of-history");
  }

  private static DataStream<ParseResult> parsed(
      StreamExecutionEnvironment env, BootstrapRequest request, Pass pass, TopicStart start) {
    List<String> runs = pass.runs().stream().map(Path::toString).toList();
    List<String> sources = request.files().stream().map(Path::toString).toList();
    return env.fromSource(
            new BootstrapSource<>(
                () -> new SortedRecords(runs, ReplayJob.WATERMARK_EVERY),
                pass.run().end().orElseThrow(),
                start),
            WatermarkStrategy.noWatermarks(),
            "Merge sorted runs",
            SortedRecordsSource.RECORD)
        .setParallelism(1)
        .uid(Uids.READ_TRACKING_EVENTS)
        .map(new ReadFunction(request.settings().domain(), sources))
        .returns(Types.PARSE_RESULT)
        .uid("read-records")
        .name("Read records");
  }

  private static DataStream<BroadcastRecord> controls(
      StreamExecutionEnvironment env, List<CutPoints> standing, Instant end) {
    return env.fromSource(
            new BootstrapSource<>(
                () -> new BroadcastRecordsAtStart(BehaviorJob.broadcastRecordsOf(standing)),
                end,
                TopicStart.asWithoutSavepoint()),
            WatermarkStrategy.noWatermarks(),
            "Controls at hand",
            BroadcastRecordTypeInfo.INSTANCE)
        .setParallelism(1)
        .uid(Uids.READ_CONTROLS);
  }

  /** What topic rfm-cut-points would hold at the end: older cuts are known to this run alone. */
  private static List<CutPoints> standing(List<CutPoints> cuts, Settings settings) {
    return cuts.stream().collect(Collectors.groupingBy(CutPoints::tenantId)).entrySet().stream()
        .flatMap(
            tenant ->
                new CutSchedule(settings.tenant(tenant.getKey()).zone(), null)
                    .standing(tenant.getValue()).stream())
        .toList();
  }

  private static Configuration configuration(DeploymentSettings settings, Path work) {
    Configuration configuration = ReplayJob.configuration(settings, work);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NO_CHECKPOINT_WITHIN);
    // Never used as such, but without it a savepoint would have to fit into memory.
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, work.resolve("checkpoints").toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, SAVEPOINT_WITHIN);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    return configuration;
  }
}
