package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings of the tables. */
final class TablesKeys {
  /** Of the warehouse: it has a setting of its own. */
  private static final Set<String> OWN_PROPERTIES = Set.of("warehouse", "metastore");

  private static final Key<String> WAREHOUSE =
      Key.of(
          "warehouse",
          ValueType.text(
              "a folder, or the URI of one such as s3://bucket/warehouse",
              Pattern.compile("[^\\p{Cntrl}]{1,1024}")),
          "run/warehouse",
          "where the output tables are; every task manager must reach it",
          "a folder, or a URI such as `hdfs://…`, `s3://…`, `oss://…`");

  private static final Key<Integer> BUCKETS =
      Key.integer(
          "buckets",
          1,
          1_024,
          16,
          "parts that each large table with a key is divided into, one for every 200 MB to 1 GB."
              + " It counts when a table is created. The default is for 10 million customers");

  private static final Key<Duration> TIME_TRAVEL =
      BoundedKeys.duration(
          "time_travel",
          Duration.ofMinutes(1),
          Duration.ofDays(90),
          Duration.ofHours(2),
          "how far back a query may look. What was overwritten takes up space as long");

  private static final Key<Boolean> ICEBERG =
      Key.bool(
          "iceberg",
          false,
          "whether the tables can be read as Iceberg tables too. Each commit of a table with a key"
              + " then rewrites the buckets it touches: use it with checkpoints of minutes");

  private static final Key<Map<String, String>> PROPERTIES =
      PropertiesReader.key(
          "passed to the warehouse's file system, such as `s3.endpoint`, `s3.access-key`",
          "all but `warehouse`, `metastore`");

  static final SectionKeys TABLES =
      SectionKeys.of("tables", WAREHOUSE, BUCKETS, TIME_TRAVEL, ICEBERG, PROPERTIES);

  private TablesKeys() {}

  static TablesSettings read(Section root, PropertiesReader properties) {
    Section section = TABLES.in(root);
    TablesSettings tables =
        new TablesSettings(
            WAREHOUSE.read(section),
            BUCKETS.read(section),
            TIME_TRAVEL.read(section),
            ICEBERG.read(section),
            properties.read(section, PROPERTIES, OWN_PROPERTIES));
    section.refuseUnknownKeys();
    return tables;
  }
}
