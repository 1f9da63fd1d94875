package io.customerpulse.behavior.metrics;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts in one operator. Bounded by the values that labels can have: codes, topics, operators, and
 * the rules of the run.
 */
public final class Counters implements Serializable {
  private final boolean accumulating;

  private transient RuntimeContext context;
  private transient Map<Metric, Map<String, Tally>> tallies;

  /**
   * Counts that begin with {@link #open}.
   *
   * @param accumulating whether the result of the run is to have them too
   */
  public Counters(boolean accumulating) {
    this.accumulating = accumulating;
  }

  public void open(RuntimeContext runtimeContext) {
    context = runtimeContext;
    tallies = new EnumMap<>(Metric.class);
  }

  /**
   * Begins to count at 0, so that who watches sees from the start that nothing has come yet.
   *
   * @param labels a value for each label of the metric
   */
  public void begin(Metric metric, String... labels) {
    add(metric, 0, labels);
  }

  /**
   * Shows a value that is looked up whenever somebody asks.
   *
   * @param value may be called by any thread
   * @param labels a value for each label of the metric
   */
  public void gauge(Metric metric, LongSupplier value, String... labels) {
    Gauge<Long> gauge = value::getAsLong;
    group(metric, labels).gauge(metric.wireName(), gauge);
  }

  /**
   * Shows a distribution.
   *
   * @param labels a value for each label of the metric
   */
  public void histogram(Metric metric, Histogram values, String... labels) {
    group(metric, labels).histogram(metric.wireName(), values);
  }

  /**
   * Counts one.
   *
   * @param labels a value for each label of the metric
   */
  public void count(Metric metric, String... labels) {
    add(metric, 1, labels);
  }

  /**
   * Counts several.
   *
   * @param labels a value for each label of the metric
   */
  public void add(Metric metric, long times, String... labels) {
    Map<String, Tally> ofMetric = tallies.computeIfAbsent(metric, m -> new HashMap<>());
    String key =
        switch (labels.length) {
          case 0 -> "";
          case 1 -> labels[0];
          default -> String.join(".", labels);
        };
    Tally tally = ofMetric.get(key);
    if (tally == null) {
      tally = tally(metric, labels);
      ofMetric.put(key, tally);
    }
    tally.add(times);
  }

  private Tally tally(Metric metric, String... labels) {
    Counter counter = group(metric, labels).counter(metric.wireName());
    return new Tally(
        counter, accumulating ? context.getLongCounter(metric.accumulator(labels)) : null);
  }

  private MetricGroup group(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
    }
    MetricGroup group = context.getMetricGroup().addGroup(Metric.GROUP);
    for (int i = 0; i < labels.length; i++) {
      group = group.addGroup(metric.labels().get(i), labels[i]);
    }
    return group;
  }

  private record Tally(Counter counter, LongCounter accumulator) {
    void add(long times) {
      counter.inc(times);
      if (accumulator != null) {
        accumulator.add(times);
      }
    }
  }
}
