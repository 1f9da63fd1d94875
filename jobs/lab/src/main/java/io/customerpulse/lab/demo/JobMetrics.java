package io.customerpulse.lab.demo;

import io.customerpulse.behavior.metrics.Metric;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The product's own counters of the job that runs in this process, as any reporter of Flink sees
 * them.
 */
public final class JobMetrics implements MetricReporter {
  private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();

  /** What Flink is configured with; it finds the factory as a service. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobMetrics();
    }
  }

  /** The sum over all subtasks, and over all values of the metric's labels. */
  static long total(Metric metric) {
    long sum = 0;
    for (Map.Entry<Counter, String> counter : COUNTERS.entrySet()) {
      String name = counter.getValue();
      if (name.equals(metric.wireName()) || name.startsWith(metric.wireName() + '.')) {
        sum += counter.getKey().getCount();
      }
    }
    return sum;
  }

  @Override
  public void open(MetricConfig config) {
    COUNTERS.clear();
  }

  @Override
  public void notifyOfAddedMetric(
      org.apache.flink.metrics.Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      String full = group.getMetricIdentifier(name);
      int product = full.indexOf('.' + Metric.GROUP + '.');
      if (product >= 0) {
        COUNTERS.put(counter, full.substring(product + Metric.GROUP.length() + 2));
      }
    }
  }

  @Override
  public void notifyOfRemovedMetric(
      org.apache.flink.metrics.Metric metric, String name, MetricGroup group) {
    // What a finished subtask has counted still counts.
  }

  @Override
  public void close() {
    COUNTERS.clear();
  }
}
