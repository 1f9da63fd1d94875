package io.customerpulse.pipelines.metrics;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/** How one keyed operator is doing. */
public final class OperatorCounts implements Serializable {
  private final String operator;
  private final Counts counts;

  /**
   * Counts under the name of one operator.
   *
   * @param counts that have been, or will be, opened by the operator
   */
  public OperatorCounts(String operator, Counts counts) {
    this.operator = operator;
    this.counts = counts;
  }

  public void woken() {
    counts.count(Metric.WAKES, operator);
  }

  public void askedAgain() {
    counts.count(Metric.ASKED_AGAIN, operator);
  }

  public void cacheMissed() {
    counts.count(Metric.CACHE_MISSES, operator);
  }

  public void flushed(int entries, long nanos) {
    counts.add(Metric.WRITTEN_BACK, entries, operator);
    counts.add(Metric.WRITE_BACK_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos), operator);
  }
}
