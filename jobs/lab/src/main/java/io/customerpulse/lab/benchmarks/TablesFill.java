package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.TablesTopology;
import io.customerpulse.tables.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Records of the topics, made up from their numbers, through the topology of the tables job: rows,
 * writers and commits are those of production, broker and behaviour job are left out.
 */
final class TablesFill {
  static final int PARALLELISM = 2;
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(30);

  private TablesFill() {}

  /** Starts a job that fills an empty warehouse and ends. */
  static JobClient start(DeploymentSettings settings, long customers, long events, Path work)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration(work));
    try (Warehouse warehouse = Warehouse.open(settings.tables())) {
      warehouse.prepare();
      TablesTopology.apply(
          env.fromSource(
                  new NumberSequenceSource(0, customers + events - 1),
                  WatermarkStrategy.noWatermarks(),
                  "Numbers")
              .flatMap(new TopicRecordsFunction(customers, events))
              .returns(TypeInformation.of(TopicRecord.class))
              .uid("make-records")
              .name("Make records"),
          settings.domain(),
          warehouse,
          EnumSet.allOf(OutputTable.class));
    }
    return env.executeAsync("Fill the tables");
  }

  private static Configuration configuration(Path work) {
    Configuration configuration = JobEnvironment.onLoopback(JobEnvironment.bounded());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, BETWEEN_COMMITS);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, work.resolve("checkpoints").toUri().toString());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.NO_RESTART_STRATEGY.getMainValue());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(CoreOptions.TMP_DIRS, work.toString());
    return configuration;
  }
}
