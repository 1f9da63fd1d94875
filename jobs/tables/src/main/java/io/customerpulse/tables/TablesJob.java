package io.customerpulse.tables;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecordDeserializationSchema;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.kafka.TopicRecordsSource;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topics as tables, exactly once. A job of its own, so that a slow or broken warehouse never
 * delays a trigger.
 *
 * <pre>
 *  behavior-events, customer-profiles, customer-redirects, lifecycle-transitions,
 *  marketing-triggers, trigger-outcomes, rfm-cut-points
 *        │
 *   read-topics            read_committed, one reader for all
 *        ├── rows-TABLE ─────────────────────────────── writer, committer of TABLE (six of them)
 *        ├── rows-triggers: FIREs, cancellations ──┬─── writer, committer of triggers
 *        └── converted-orders                      │
 *                 │ by trigger                     │
 *            sum-up-conversions ───────────────────┘
 * </pre>
 */
public final class TablesJob {
  /** Consumer group. */
  private static final String NAME = "customer-pulse-tables";

  private TablesJob() {}

  /** {@code --config FILE}. */
  public static void main(String[] args) throws Exception {
    TablesCommand command = new TablesCommand();
    OptionalInt exitCode = command.read(console(System.out), console(System.err), args);
    if (exitCode.isPresent()) {
      System.exit(exitCode.getAsInt());
    }
    DeploymentSettings settings = command.settings();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.unbounded(settings.state()));
    build(env, settings);
    env.execute("Customer Pulse: tables");
  }

  /**
   * The job as it runs in production; creates the tables that are missing. Started without a
   * savepoint it goes on where it last committed, and reads topics whose tables are new from their
   * beginning.
   */
  public static void build(StreamExecutionEnvironment env, DeploymentSettings settings) {
    try (Warehouse warehouse = Warehouse.open(settings.tables())) {
      Set<String> fromTheBeginning = new HashSet<>();
      warehouse.prepare().forEach(created -> fromTheBeginning.add(created.topic().wireName()));
      Set<Topic> topics = OutputTable.topics();
      TablesTopology.apply(
          env.fromSource(
                  new TopicRecordsSource<>(
                      settings.kafka(),
                      topics.stream().map(Topic::wireName).toList(),
                      fromTheBeginning,
                      NAME,
                      new TopicRecordDeserializationSchema(settings.kafka(), topics)),
                  WatermarkStrategy.noWatermarks(),
                  "Read topics")
              .uid(TableUids.READ_TOPICS),
          settings.domain(),
          warehouse,
          EnumSet.allOf(OutputTable.class));
    }
  }

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
