package io.customerpulse.lab.capacity;

import java.util.List;
import java.util.Locale;

/**
 * How the job was in a minute of the load.
 *
 * @param minute from 1
 * @param sent events since the beginning
 * @param lag records on the topic that the job hasn't read, at the end of the minute
 * @param heapBytes of the TaskManager: the least that was seen in the minute, so that garbage
 *     hardly counts
 * @param rocksBytes RocksDB's memory in the fuller one of the slots: caches, filters and what is
 *     not yet on disk
 * @param processBytes the TaskManager's memory as the system sees it; 0 where that can't be told
 * @param stateBytes of the whole state in the last checkpoint
 * @param checkpointBytes of it, what the last checkpoint wrote
 * @param checkpointMillis how long that took
 */
record LoadTestSample(
    int minute,
    long sent,
    long lag,
    long heapBytes,
    long rocksBytes,
    long processBytes,
    long stateBytes,
    long checkpointBytes,
    long checkpointMillis) {

  static final List<String> HEADER =
      List.of(
          "minute",
          "events",
          "lag",
          "heap MB",
          "RocksDB MB",
          "process MB",
          "state MB",
          "checkpoint MB",
          "checkpoint ms");

  private static final int BYTES_PER_MEGABYTE = 1 << 20;

  List<String> cells() {
    return List.of(
        number(minute),
        number(sent),
        number(lag),
        megabytes(heapBytes),
        megabytes(rocksBytes),
        megabytes(processBytes),
        megabytes(stateBytes),
        megabytes(checkpointBytes),
        number(checkpointMillis));
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%6d  %,12d  %,8d  %7s  %10s  %10s  %8s  %13s  %,13d",
        minute,
        sent,
        lag,
        megabytes(heapBytes),
        megabytes(rocksBytes),
        megabytes(processBytes),
        megabytes(stateBytes),
        megabytes(checkpointBytes),
        checkpointMillis);
  }

  static String header() {
    return String.format(
        Locale.ROOT, "%6s  %12s  %8s  %7s  %10s  %10s  %8s  %13s  %13s", HEADER.toArray());
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) BYTES_PER_MEGABYTE);
  }
}
