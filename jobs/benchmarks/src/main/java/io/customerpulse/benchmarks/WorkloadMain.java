package io.customerpulse.benchmarks;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.pipelines.customer.CustomerTopology;
import io.customerpulse.pipelines.job.JobEnvironment;
import io.customerpulse.pipelines.job.RunMode;
import io.customerpulse.pipelines.kafka.WallClock;
import io.customerpulse.pipelines.operator.WatermarkCap;
import io.customerpulse.pipelines.state.Types;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** One run of one workload in a JVM of its own: {@code WORKLOAD BROKER TOPIC EVENTS END HOME}. */
final class WorkloadMain {
  static final int PARALLELISM = 2;

  private WorkloadMain() {}

  public static void main(String[] args) throws Exception {
    Workload workload = Workload.valueOf(args[0]);
    long total = Long.parseLong(args[3]);
    Settings settings = SettingsReader.defaults();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration(settings));
    KafkaSource<BehaviorEvent> source =
        KafkaSource.<BehaviorEvent>builder()
            .setBootstrapServers(args[1])
            .setTopics(args[2])
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setValueOnlyDeserializer(new EventDeserializer(total))
            .build();
    WatermarkStrategy<BehaviorEvent> watermarks =
        WatermarkStrategy.<BehaviorEvent>forBoundedOutOfOrderness(settings.time().outOfOrderness())
            .withTimestampAssigner((event, time) -> event.eventTime().toEpochMilli());
    DataStream<BehaviorEvent> events =
        env.fromSource(source, watermarks, "Read events")
            .transform(
                "End time", Types.BEHAVIOR_EVENT, new WatermarkCap<>(Instant.parse(args[4])));
    RuleSet rules =
        workload == Workload.MANY_RULES
            ? ManyRules.rules()
            : RuleReader.read(Path.of(args[5], "config", "rules"));
    switch (workload) {
      case PASS_THROUGH ->
          events.keyBy(event -> event.customer().asText()).sinkTo(new DiscardingSink<>());
      case POJO_STATE ->
          events
              .keyBy(event -> event.customer().asText())
              .process(new PojoStateFunction())
              .returns(org.apache.flink.api.common.typeinfo.Types.LONG)
              .sinkTo(new DiscardingSink<>());
      case CUSTOMER, MANY_RULES ->
          CustomerTopology.apply(
                  events, settings, rules, RunMode.unbounded(settings, WallClock.system()))
              .records()
              .sinkTo(new DiscardingSink<>());
    }
    env.execute(workload.name());
    Result result = Stopwatch.result(workload);
    System.out.println(
        WorkloadProcess.RESULT + result.eventsPerSecond() + " " + result.cpuMicrosPerEvent());
    System.exit(0);
  }

  private static Configuration configuration(Settings settings) {
    Configuration configuration = JobEnvironment.onLoopback(JobEnvironment.unbounded(settings));
    String tmp = System.getProperty("java.io.tmpdir");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, Path.of(tmp, "checkpoints").toUri().toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
    configuration.set(CoreOptions.TMP_DIRS, tmp);
    return configuration;
  }
}
