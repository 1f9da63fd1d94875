package io.customerpulse.behavior.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.JobEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class BehaviorJobTest {
  private static final int RECORDS = 3_000;
  private static final Instant AS_OF = Shop.OPENS.plus(Duration.ofDays(4));
  private static final DeploymentSettings DEPLOYMENT = DeploymentSettingsReader.defaults();
  private static final Settings SETTINGS = DEPLOYMENT.domain();
  private static final RuleSet RULES = RuleReader.read(Path.of("../../config/rules"));

  /** A run's records, and what it counted. */
  private record Result(List<String> records, RunCounters counts) {}

  @Test
  void theOutputsDependNeitherOnParallelismNorOnTheCache() throws Exception {
    Result alone = run(1, RunMode.boundedAt(AS_OF));
    Result together = run(4, RunMode.boundedAt(AS_OF).withCachedStates(3));
    assertThat(together.records()).isEqualTo(alone.records());
    assertThat(topics(alone.records()))
        .contains(
            Topic.BEHAVIOR_EVENTS.wireName(),
            Topic.CUSTOMER_PROFILES.wireName(),
            Topic.LIFECYCLE_TRANSITIONS.wireName(),
            Topic.MARKETING_TRIGGERS.wireName(),
            Topic.DEAD_LETTERS.wireName());
  }

  @Test
  void everyRecordIsAccountedForOnce() throws Exception {
    RunCounters counts = run(2, RunMode.boundedAt(AS_OF)).counts();
    assertThat(counts.of(Metric.READ)).isEqualTo(RECORDS);
    assertThat(counts.of(Metric.ACCEPTED)).isPositive();
    assertThat(counts.of(Metric.DUPLICATES)).isPositive();
    assertThat(counts.of(Metric.AFTER_AS_OF)).isPositive();
    assertThat(counts.byLabels(Metric.REJECTED)).containsKey("not_json");
    assertThat(
            counts.of(Metric.ACCEPTED)
                + counts.of(Metric.DUPLICATES)
                + counts.of(Metric.AFTER_AS_OF)
                + counts.total(Metric.REJECTED))
        .isEqualTo(RECORDS);
    assertThat(counts.of(Metric.OUTPUTS, Topic.BEHAVIOR_EVENTS.wireName()))
        .isEqualTo(counts.of(Metric.ACCEPTED));
    assertThat(counts.of(Metric.OUTPUTS, Topic.DEAD_LETTERS.wireName()))
        .isEqualTo(counts.total(Metric.REJECTED));
  }

  private static final List<String> SINKS =
      List.of(
          Uids.WRITE_TOPICS, Uids.WRITE_CUTS, Uids.WRITE_DEAD_LETTERS, Uids.WRITE_REFUSED_CONTROLS);

  @Test
  void everyOperatorHasItsUid() {
    StreamExecutionEnvironment env = production();
    Set<String> uids =
        env.getStreamGraph(false).getStreamNodes().stream()
            .map(StreamNode::getTransformationUID)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected = new TreeSet<>(Uids.all());
    expected.remove(Uids.END_AT_AS_OF);
    for (String sink : SINKS) {
      expected.add("Sink Committer: " + sink);
    }
    assertThat(uids).isEqualTo(expected);
  }

  private static StreamExecutionEnvironment production() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.unbounded(DEPLOYMENT.state()));
    BehaviorJob.build(env, DEPLOYMENT, RULES);
    return env;
  }

  /** What an operator sends is written by the same thread, without a copy. */
  @Test
  void everySinkStandsInOneChainWithWhatItWrites() {
    StreamExecutionEnvironment env = production();
    List<String> chains = new ArrayList<>();
    for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
      chains.add(vertex.getName());
    }
    assertThat(chains).hasSize(6);
    for (String sink : SINKS) {
      assertThat(chains).anyMatch(chain -> !chain.startsWith(sink) && chain.contains(sink));
    }
  }

  @Test
  void kryoIsRefused() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.bounded());
    assertThatThrownBy(
            () ->
                TypeInformation.of(Thread.class)
                    .createSerializer(env.getConfig().getSerializerConfig()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
  }

  private static Result run(int parallelism, RunMode mode) throws Exception {
    Configuration configuration = JobEnvironment.onLoopback(JobEnvironment.bounded());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    CollectingSink sink = new CollectingSink();
    BehaviorPipeline.connect(
        Sources.of(
            env.fromData(Types.PARSE_RESULT, parsed())
                .setParallelism(1)
                .assignTimestampsAndWatermarks(
                    WatermarkStrategy.forGenerator(context -> new AfterEachReading()))
                .setParallelism(1)),
        outputs -> outputs.union().sinkTo(sink),
        SETTINGS,
        RULES,
        mode);
    RunCounters counts = new RunCounters(env.execute().getAllAccumulatorResults());
    return new Result(sink.records().stream().map(BehaviorJobTest::text).sorted().toList(), counts);
  }

  private static ParseResult[] parsed() {
    return Shop.parsed(1, RECORDS, SETTINGS).toArray(ParseResult[]::new);
  }

  private static String text(TopicRecord record) {
    String value = record.isTombstone() ? "" : HexFormat.of().formatHex(record.value());
    return record.topic().wireName() + ' ' + record.key() + ' ' + value;
  }

  private static Set<String> topics(List<String> records) {
    return records.stream()
        .map(record -> record.substring(0, record.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  /** So that time passes between the events, however fast the list is read. */
  private static final class AfterEachReading implements WatermarkGenerator<ParseResult> {
    private long latestMillis = Long.MIN_VALUE;

    @Override
    public void onEvent(ParseResult parsed, long timestamp, WatermarkOutput output) {
      long millis = TrackingRecordReader.eventTime().eventTimeMillis(parsed);
      if (millis > latestMillis) {
        latestMillis = millis;
        output.emitWatermark(new Watermark(millis - Shop.OUT_OF_ORDERNESS.toMillis() - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
