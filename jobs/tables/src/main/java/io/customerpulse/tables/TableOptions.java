package io.customerpulse.tables;

import io.customerpulse.behavior.settings.TablesSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How the tables are kept on disk. */
final class TableOptions {
  /** Cut points are a handful of rows a day. */
  private static final int BUCKETS_OF_A_SMALL_TABLE = 1;

  private TableOptions() {}

  /** What is decided when a table is created. */
  static Map<String, String> fixed(OutputTable table, TablesSettings settings) {
    Map<String, String> options = new HashMap<>();
    if (table.isLog()) {
      // No buckets: files are as large as they should be, whatever the day.
      options.put("bucket", "-1");
      // day=2024-03-01 rather than the number of the day.
      options.put("partition.legacy-name", "false");
    } else {
      int buckets =
          table == OutputTable.RFM_CUT_POINTS ? BUCKETS_OF_A_SMALL_TABLE : settings.buckets();
      options.put("bucket", String.valueOf(buckets));
      options.put("bucket-key", table.divider());
    }
    if (table == OutputTable.TRIGGERS) {
      options.putAll(triggers());
    }
    return options;
  }

  /** What the settings may change later. */
  static Map<String, String> changeable(OutputTable table, TablesSettings settings) {
    Map<String, String> options = new HashMap<>();
    // A snapshot per checkpoint: what nobody can look back to any more goes, and its files with it.
    options.put("snapshot.time-retained", settings.timeTravel().toMillis() + " ms");
    options.put("snapshot.num-retained.min", "3");
    // Else expiry falls behind when a commit follows a commit.
    options.put("snapshot.expire.limit", "100");
    // Of each of the writers of all tables; what is more goes to disk.
    options.put("write-buffer-size", "32 mb");
    options.put("write-buffer-spillable", "true");
    if (settings.iceberg()) {
      options.put("metadata.iceberg.storage", "table-location");
      options.put("metadata.iceberg.delete-after-commit.enabled", "true");
      options.put("metadata.iceberg.previous-versions-max", "10");
      if (!table.isLog()) {
        // Iceberg doesn't merge: it reads the files of the highest level alone. Without a full
        // compaction at every commit it would silently see a part of the rows.
        options.put("full-compaction.delta-commits", "1");
      }
    } else {
      options.put("metadata.iceberg.storage", "disabled");
    }
    return options;
  }

  /**
   * A FIRE and what becomes of it come apart and in any order, and after a restart from nothing
   * they come again: each writes its own columns, and repeating it changes nothing.
   *
   * <ul>
   *   <li>FIRE: the later one of the same fired_at, which is the same.
   *   <li>outcome: the smaller word, and CANCELLED is smaller than CONVERTED.
   *   <li>conversions: what counts the most orders, which is what knows of all of them.
   * </ul>
   */
  private static Map<String, String> triggers() {
    String ofTheFire =
        TableColumns.of(OutputTable.TRIGGERS).stream()
            .map(TableColumns.Column::name)
            .filter(TriggerRows::isOfTheFire)
            .filter(name -> !OutputTable.TRIGGERS.key().contains(name))
            .filter(name -> !name.equals("fired_at"))
            .collect(Collectors.joining(","));
    Map<String, String> options = new HashMap<>();
    options.put("merge-engine", "partial-update");
    options.put("fields.fired_at.sequence-group", ofTheFire);
    options.put(
        "fields." + TableColumns.OUTCOME_AT + ".sequence-group",
        TableColumns.OUTCOME + "," + TableColumns.CANCEL_REASON);
    options.put("fields." + TableColumns.OUTCOME + ".aggregate-function", "min");
    options.put(
        "fields." + TableColumns.CANCEL_REASON + ".aggregate-function", "last_non_null_value");
    options.put(
        "fields." + TableColumns.CONVERSIONS + ".sequence-group",
        String.join(
            ",",
            TableColumns.FIRST_CONVERSION_ORDER_ID,
            TableColumns.FIRST_CONVERSION_AT,
            TableColumns.REVENUE_MINOR,
            TableColumns.LIFT_CONVERTED));
    // So that a row, and with it a person, can be deleted.
    options.put("partial-update.remove-record-on-sequence-group", "fired_at");
    return options;
  }
}
