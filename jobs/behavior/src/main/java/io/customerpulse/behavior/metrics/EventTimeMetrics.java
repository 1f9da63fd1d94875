package io.customerpulse.behavior.metrics;

import io.customerpulse.runtime.keyedlogic.Gauges;
import java.io.Serializable;

/**
 * How far an operator is in event time, and what waits for it there. Ages are by the clock of the
 * machine, for they tell whoever watches what is late by now.
 */
public final class EventTimeMetrics implements Serializable {
  /** An age before there is anything that could be old. */
  private static final long NONE_YET = -1;

  private final String operator;

  private transient volatile long checkpointedMillis;

  /**
   * @param operator its uid, the label of what is measured
   */
  public EventTimeMetrics(String operator) {
    this.operator = operator;
  }

  public void open(Counters counters, Gauges gauges) {
    checkpointedMillis = System.currentTimeMillis();
    counters.gauge(Metric.WAITING_EVENTS, gauges::waiting, operator);
    counters.gauge(Metric.WAITING_HEAP_BYTES, gauges::waitingHeapBytes, operator);
    counters.gauge(Metric.WATERMARK_AGE_MILLIS, () -> age(gauges.watermarkMillis()), operator);
    counters.gauge(Metric.CHECKPOINT_AGE_MILLIS, () -> age(checkpointedMillis), operator);
  }

  /** A checkpoint is complete. */
  public void checkpointed() {
    checkpointedMillis = System.currentTimeMillis();
  }

  private static long age(long millis) {
    return millis == Long.MIN_VALUE ? NONE_YET : System.currentTimeMillis() - millis;
  }
}
