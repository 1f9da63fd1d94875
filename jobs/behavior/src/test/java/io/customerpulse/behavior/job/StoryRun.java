package io.customerpulse.behavior.job;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import io.customerpulse.runtime.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The streaming job over a part of the {@link BrokenOffStory}, on the state backend of production,
 * stopped with a savepoint when it has taken all of it. Its sources and sink are lists.
 *
 * @param from a savepoint to start from; null to start with nothing
 */
record StoryRun(
    List<String> lines,
    List<BroadcastRecord> broadcastRecords,
    RuleSet rules,
    int parallelism,
    Path from) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * Runs and stops.
   *
   * @param savepoints a folder in which the savepoint becomes a folder
   * @return what was sent
   */
  List<TopicRecord> run(MiniCluster flink, SavepointFormatType format, Path savepoints)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    env.setParallelism(parallelism);
    ScriptedSource<ParseResult> events =
        new ScriptedSource<>(lines.size(), new ParsedLines(lines, position()));
    ScriptedSource<BroadcastRecord> words =
        new ScriptedSource<>(broadcastRecords.size() + 1, new Words(broadcastRecords));
    CollectingSink sink = new CollectingSink();
    BehaviorPipeline.connect(
        Sources.of(
            scripted(env, events, Types.PARSE_RESULT, "events"),
            scripted(env, words, BroadcastRecordTypeInfo.INSTANCE, "controls")),
        outputs -> outputs.union().sinkTo(sink).uid("collect"),
        BrokenOffStory.SETTINGS,
        rules,
        RunMode.unbounded(BrokenOffStory.SETTINGS, WallClock.system()));
    JobGraph graph = env.getStreamGraph().getJobGraph();
    if (from != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from.toUri().toString()));
    }
    JobID job = flink.submitJob(graph).get().getJobID();
    await(flink, job, () -> isRunning(flink, job));
    await(flink, job, () -> events.said().getCount() == 0 && words.said().getCount() == 0);
    flink
        .stopWithSavepoint(job, savepoints.toUri().toString(), false, format)
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    flink.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return sink.records();
  }

  /** Of the first line: what is read after the break stands behind what was read before it. */
  private int position() {
    return from == null ? 1 : BrokenOffStory.before().size() + 1;
  }

  /** All of its tasks, without which no savepoint can be taken. */
  private static boolean isRunning(MiniCluster flink, JobID job) {
    int running = 0;
    AccessExecutionGraph graph = flink.getExecutionGraph(job).join();
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
      running++;
    }
    // A job that is only being set up has none.
    return running > 0;
  }

  private static void await(MiniCluster flink, JobID job, BooleanSupplier state) throws Exception {
    CompletableFuture<JobResult> ended = flink.requestJobResult(job);
    while (!state.getAsBoolean()) {
      if (ended.isDone()) {
        // Throws what made it fail.
        ended.get().toJobExecutionResult(StoryRun.class.getClassLoader());
        throw new IllegalStateException("The job has ended by itself");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static <T> DataStream<T> scripted(
      StreamExecutionEnvironment env,
      ScriptedSource<T> source,
      TypeInformation<T> type,
      String uid) {
    return env.fromSource(
            source, WatermarkStrategy.forGenerator(context -> new AfterEach<>()), uid, type)
        .setParallelism(1)
        .uid("scripted-" + uid);
  }

  private static Configuration configuration() {
    Configuration flink = JobEnvironment.unbounded(DeploymentSettingsReader.defaults().state());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
    return flink;
  }

  private static final class ParsedLines implements SerializableFunction<Integer, ParseResult> {
    private final ArrayList<String> lines;
    private final int position;
    private transient TrackingEventReader reader;

    ParsedLines(List<String> lines, int position) {
      this.lines = new ArrayList<>(lines);
      this.position = position;
    }

    @Override
    public ParseResult apply(Integer number) {
      if (reader == null) {
        reader = new TrackingEventReader(BrokenOffStory.SETTINGS, Optional.empty());
      }
      byte[] raw = lines.get(number).getBytes(StandardCharsets.UTF_8);
      return reader.read(new Origin("story", position + number), raw, null);
    }
  }

  /** Some broadcast records and the end of their log. */
  private static final class Words implements SerializableFunction<Integer, BroadcastRecord> {
    private final ArrayList<String> topics = new ArrayList<>();
    private final ArrayList<String> keys = new ArrayList<>();
    private final ArrayList<byte[]> values = new ArrayList<>();

    Words(List<BroadcastRecord> broadcastRecords) {
      for (BroadcastRecord broadcastRecord : broadcastRecords) {
        topics.add(broadcastRecord.topic());
        keys.add(broadcastRecord.key());
        values.add(broadcastRecord.value());
      }
    }

    @Override
    public BroadcastRecord apply(Integer number) {
      return number == topics.size()
          ? BroadcastRecord.endOfLog()
          : BroadcastRecord.of(topics.get(number), 0, number, keys.get(number), values.get(number));
    }
  }

  /** So that time passes between the events, however fast they are said. */
  private static final class AfterEach<T> implements WatermarkGenerator<T> {
    private long latestMillis = Long.MIN_VALUE;

    @Override
    public void onEvent(T element, long timestamp, WatermarkOutput output) {
      if (element instanceof ParseResult parsed) {
        long millis = TrackingRecordReader.eventTime().eventTimeMillis(parsed);
        if (millis > latestMillis) {
          latestMillis = millis;
          output.emitWatermark(new Watermark(millis - Shop.OUT_OF_ORDERNESS.toMillis() - 1));
        }
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
