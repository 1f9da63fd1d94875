package io.customerpulse.lab.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.analytics.query.QuerySession;
import io.customerpulse.analytics.query.WarehouseOptions;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.tables.BoundedRun;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.Warehouse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;

/** How long it takes to fill a warehouse, and to ask it. */
final class TablesBench {
  private static final int LOOKUPS = 5;

  private final Path work;
  private final long customers;
  private final long events;
  private final PrintStream out;
  private final ObjectNode report;

  /**
   * A benchmark.
   *
   * @param work an empty folder of its own
   * @param report takes the figures, in seconds
   */
  TablesBench(Path work, long customers, long events, PrintStream out, ObjectNode report) {
    this.work = work;
    this.customers = customers;
    this.events = events;
    this.out = out;
    this.report = report;
  }

  void run() throws Exception {
    Path warehouse = work.resolve("warehouse");
    DeploymentSettings settings =
        DeploymentSettingsReader.defaults().withWarehouse(warehouse.toString());
    report.put("customers", customers).put("events", events);
    fill(settings, warehouse);
    firstAnswer(warehouse);
    Instant now = BoundedRun.asOf(settings.tables()).orElseThrow();
    try (QuerySession session = new WarehouseOptions().open(settings, now, Map.of())) {
      ObjectNode queries = report.putObject("queries");
      for (String query : session.readyQueries()) {
        queries.put(query, time("@" + query, () -> session.rows("@" + query)));
      }
      lookUp(session);
    }
  }

  private void fill(DeploymentSettings settings, Path warehouse) throws Exception {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/bench")) {
      run.begin();
      fill(settings);
      run.end(new Simulator(TopicRecordsFunction.shop(customers, events)).time(events - 1));
    }
  }

  private void fill(DeploymentSettings settings) throws Exception {
    long begin = System.nanoTime();
    try (Progress progress = Progress.onStandardError();
        Warehouse tables = Warehouse.open(settings.tables())) {
      Future<JobExecutionResult> filled =
          TablesFill.start(settings, customers, events, work).getJobExecutionResult();
      while (!isDone(filled)) {
        long rows = tables.rowsOf(OutputTable.BEHAVIOR_EVENTS);
        progress.show(
            () ->
                String.format(Locale.ROOT, "Filling the tables: %,d of %,d events", rows, events));
      }
      double seconds = since(begin);
      report.put("fill_seconds", seconds);
      say("fill", seconds);
      for (OutputTable table :
          List.of(OutputTable.CUSTOMER_PROFILES, OutputTable.BEHAVIOR_EVENTS)) {
        out.printf(Locale.ROOT, "%-34s %,12d rows%n", table.tableName(), tables.rowsOf(table));
      }
    }
  }

  private static boolean isDone(Future<JobExecutionResult> filled) throws Exception {
    try {
      filled.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** As scripts/query gives it, from the start of its process. */
  private void firstAnswer(Path warehouse) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Installation.current().home().resolve("scripts/query").toString(),
            "--warehouse",
            warehouse.toString(),
            "--format",
            "csv",
            "SELECT stage, COUNT(*) FROM customer_profiles GROUP BY stage");
    // What this process was given is not for that one.
    command.environment().remove("CUSTOMER_PULSE_HEAP");
    command.environment().remove("CUSTOMER_PULSE_JAVA_OPTIONS");
    long begin = System.nanoTime();
    Process process = command.redirectErrorStream(true).start();
    try (ShutdownHook stopping = new ShutdownHook("bench-stop", process::destroy)) {
      List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (process.waitFor() != 0) {
        throw new IOException("scripts/query says: " + String.join(" ", lines));
      }
    }
    double seconds = since(begin);
    report.put("first_answer_seconds", seconds);
    say("first answer from process start", seconds);
  }

  private void lookUp(QuerySession session) {
    double slowest = 0;
    for (int i = 0; i < LOOKUPS; i++) {
      String id = MadeUpCustomers.id(customers / LOOKUPS * i);
      String sql =
          String.format(
              Locale.ROOT,
              "SELECT * FROM customer_profiles WHERE tenant_id = 'default' AND customer_id = '%s'",
              id);
      long begin = System.nanoTime();
      if (session.rows(sql).size() != 1) {
        throw new IllegalStateException("There is no customer " + id);
      }
      slowest = Math.max(slowest, since(begin));
    }
    report.put("profile_by_key_seconds", slowest);
    say("profile by key, warm, slowest of " + LOOKUPS, slowest);
  }

  private double time(String what, Runnable query) {
    long begin = System.nanoTime();
    query.run();
    double seconds = since(begin);
    say(what, seconds);
    return seconds;
  }

  private void say(String what, double seconds) {
    out.printf(Locale.ROOT, "%-34s %12.2f s%n", what, seconds);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
