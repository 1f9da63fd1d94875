package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.customer.CustomerTopology;
import io.customerpulse.behavior.customer.CustomerTopology.Decided;
import io.customerpulse.behavior.population.PopulationTopology;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.time.WallClock;
import io.customerpulse.runtime.time.WatermarkCap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

  /** The simulator's only one. */
  private static final String TENANT = "default";

  private WorkloadMain() {}

  public static void main(String[] args) throws Exception {
    Workload workload = Workload.valueOf(args[0]);
    long total = Long.parseLong(args[3]);
    DeploymentSettings deployment = settings(workload);
    Settings settings = deployment.domain();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration(deployment));
    KafkaSource<EncodedEvent> source =
        KafkaSource.<EncodedEvent>builder()
            .setBootstrapServers(args[1])
            .setTopics(args[2])
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setValueOnlyDeserializer(new EventDeserializer(total))
            .build();
    WatermarkStrategy<EncodedEvent> watermarks =
        WatermarkStrategy.<EncodedEvent>forBoundedOutOfOrderness(settings.time().outOfOrderness())
            .withTimestampAssigner((event, time) -> event.timeMillis());
    DataStream<EncodedEvent> events =
        env.fromSource(source, watermarks, "Read events")
            .transform("End time", Types.ENCODED_EVENT, new WatermarkCap<>(Instant.parse(args[4])));
    RuleSet rules =
        workload == Workload.MANY_RULES
            ? ManyRules.rules()
            : RuleReader.read(Path.of(args[5], "config", "rules"));
    RunMode run = RunMode.unbounded(settings, WallClock.system());
    switch (workload) {
      case PASS_THROUGH ->
          events
              .keyBy(EncodedEvent::customerKey)
              .map(encoded -> encoded.event().eventId())
              .returns(org.apache.flink.api.common.typeinfo.Types.STRING)
              .sinkTo(new DiscardingSink<>());
      case POJO_STATE ->
          events
              .keyBy(EncodedEvent::customerKey)
              .process(new PojoStateFunction())
              .returns(org.apache.flink.api.common.typeinfo.Types.LONG)
              .sinkTo(new DiscardingSink<>());
      case CUSTOMER, MANY_RULES ->
          CustomerTopology.apply(events, settings, rules, run)
              .records()
              .sinkTo(new DiscardingSink<>());
      case SCORING -> {
        Decided decided =
            CustomerTopology.apply(events, settings, rules, run.withCuts(List.of(someCuts())));
        // A sink for each: one for both would send all records over the network, as none else does.
        decided.records().sinkTo(new DiscardingSink<>());
        PopulationTopology.apply(decided.moves(), settings, run).sinkTo(new DiscardingSink<>());
      }
    }
    env.execute(workload.name());
    Result result = Stopwatch.result();
    System.out.println(
        WorkloadProcess.RESULT + result.eventsPerSecond() + " " + result.cpuMicrosPerEvent());
    System.exit(0);
  }

  private static DeploymentSettings settings(Workload workload) {
    String scoring = workload == Workload.SCORING ? "quintiles" : "thresholds";
    return new DeploymentSettingsReader(System::getenv)
        .read("benchmark", "rfm: {scoring: " + scoring + "}");
  }

  /** So that customers are scored from the beginning, though nothing brings cuts back here. */
  private static CutPoints someCuts() {
    return new CutPoints(
        TENANT,
        Instant.EPOCH,
        Instant.EPOCH,
        new Cuts(
            "benchmark",
            List.of(0, 1, 2, 3),
            List.of(1, 2, 3, 4),
            List.of(5_000L, 10_000L, 20_000L, 40_000L)));
  }

  private static Configuration configuration(DeploymentSettings settings) {
    Configuration configuration =
        JobEnvironment.onLoopback(JobEnvironment.unbounded(settings.state()));
    String tmp = System.getProperty("java.io.tmpdir");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, Path.of(tmp, "checkpoints").toUri().toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
    configuration.set(CoreOptions.TMP_DIRS, tmp);
    return configuration;
  }
}
