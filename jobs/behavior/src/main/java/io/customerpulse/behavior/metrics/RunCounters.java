package io.customerpulse.behavior.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a bounded run has counted, over all its operators. */
public final class RunCounters {
  private final SortedMap<String, Long> byName = new TreeMap<>();

  /**
   * The counts of a finished run.
   *
   * @param accumulators of the job's execution result; what is not a count is left out
   */
  public RunCounters(Map<String, Object> accumulators) {
    accumulators.forEach(
        (name, value) -> {
          if (value instanceof Long count) {
            byName.put(name, count);
          }
        });
  }

  /** The count for some values of the metric's labels; 0 where nothing was counted. */
  public long of(Metric metric, String... labels) {
    return byName.getOrDefault(metric.accumulator(labels), 0L);
  }

  /** The counts of a metric by the values of its labels, joined by dots. */
  public SortedMap<String, Long> byLabels(Metric metric) {
    String prefix = metric.wireName() + '.';
    SortedMap<String, Long> counters = new TreeMap<>();
    byName.forEach(
        (name, count) -> {
          if (name.startsWith(prefix)) {
            counters.put(name.substring(prefix.length()), count);
          }
        });
    return counters;
  }

  /** The sum over all values of the metric's labels. */
  public long total(Metric metric) {
    long sum = of(metric);
    for (long count : byLabels(metric).values()) {
      sum += count;
    }
    return sum;
  }
}
