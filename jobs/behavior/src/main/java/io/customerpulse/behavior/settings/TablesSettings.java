package io.customerpulse.behavior.settings;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/**
 * The tables that analysts query.
 *
 * @param warehouse a folder, or the URI of one
 * @param buckets parts of each large table with a key, when it is created
 * @param timeTravel how far back a query may look
 * @param iceberg whether Iceberg's metadata are written too
 * @param properties of the warehouse's file system, passed on as they are
 */
public record TablesSettings(
    String warehouse,
    int buckets,
    Duration timeTravel,
    boolean iceberg,
    Map<String, String> properties)
    implements Serializable {

  /** The same tables at another place. */
  public TablesSettings at(String otherWarehouse) {
    return new TablesSettings(otherWarehouse, buckets, timeTravel, iceberg, properties);
  }

  /** Names the properties and keeps their values to itself: access keys are among them. */
  @Override
  public String toString() {
    return "Tables[warehouse="
        + warehouse
        + ", buckets="
        + buckets
        + ", timeTravel="
        + timeTravel
        + ", iceberg="
        + iceberg
        + ", properties="
        + new TreeSet<>(properties.keySet())
        + "]";
  }
}
