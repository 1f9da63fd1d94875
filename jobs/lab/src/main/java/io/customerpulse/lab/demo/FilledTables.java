package io.customerpulse.lab.demo;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.tables.OutputTable;
import io.customerpulse.tables.Warehouse;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The rows of the output tables beside what somebody has counted who read the topics. */
final class FilledTables {
  private static final Duration POLL = Duration.ofMillis(200);

  private final DeploymentSettings settings;
  private final Map<OutputTable, Long> expected = new EnumMap<>(OutputTable.class);

  /**
   * Tables that should have what a tally has.
   *
   * @param tally complete: nothing is on its way any more
   */
  FilledTables(DeploymentSettings settings, Tally tally) {
    this.settings = settings;
    expected.put(OutputTable.BEHAVIOR_EVENTS, tally.records(Topic.BEHAVIOR_EVENTS));
    expected.put(OutputTable.CUSTOMER_PROFILES, tally.customers());
    expected.put(OutputTable.LIFECYCLE_TRANSITIONS, tally.records(Topic.LIFECYCLE_TRANSITIONS));
    expected.put(OutputTable.TRIGGERS, tally.fires());
    expected.put(OutputTable.TRIGGER_OUTCOMES, tally.records(Topic.TRIGGER_OUTCOMES));
  }

  /**
   * Waits until the tables have all rows, or no further ones come; prints how many there are.
   *
   * @param stalledAfter how long nothing may change
   * @param stillAlive throws if no row will come any more
   * @return what is wrong; empty if nothing
   */
  List<String> await(Duration stalledAfter, Runnable stillAlive, PrintStream out) {
    long lastNanos = System.nanoTime();
    Map<OutputTable, Long> rows = new EnumMap<>(OutputTable.class);
    try (Warehouse warehouse = Warehouse.open(settings.tables())) {
      rows.putAll(count(warehouse));
      while (!rows.equals(expected) && System.nanoTime() - lastNanos < stalledAfter.toNanos()) {
        stillAlive.run();
        LockSupport.parkNanos(POLL.toNanos());
        Map<OutputTable, Long> now = count(warehouse);
        if (!now.equals(rows)) {
          rows.putAll(now);
          lastNanos = System.nanoTime();
        }
      }
    }
    List<String> problems = new ArrayList<>();
    expected.forEach(
        (table, records) -> {
          out.printf(Locale.ROOT, "  %-26s %,10d%n", table.tableName(), rows.get(table));
          if (!rows.get(table).equals(records)) {
            problems.add(
                String.format(
                    Locale.ROOT,
                    "the table %s has %,d rows, but the topics have %,d",
                    table.tableName(),
                    rows.get(table),
                    records));
          } else if (records == 0) {
            problems.add("the table " + table.tableName() + " is empty");
          }
        });
    return problems;
  }

  private Map<OutputTable, Long> count(Warehouse warehouse) {
    Map<OutputTable, Long> rows = new EnumMap<>(OutputTable.class);
    expected.keySet().forEach(table -> rows.put(table, warehouse.rowsOf(table)));
    return rows;
  }
}
