package io.customerpulse.behavior.metrics;

import io.customerpulse.runtime.keyedlogic.Gauges;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How one keyed operator is doing. Ages are by the clock of the machine, for they tell whoever
 * watches what is late by now.
 */
public final class KeyedLogicMetrics implements Serializable {
  private static final List<Metric> EVENTUALLY =
      List.of(
          Metric.WAKES,
          Metric.ASKED_AGAIN,
          Metric.CACHE_MISSES,
          Metric.WRITTEN_BACK,
          Metric.WRITE_BACK_MICROS);

  /** What distributions are made of: the last so many samples. */
  private static final int SAMPLES = 1_024;

  /** An age before there is anything that could be old. */
  private static final long NONE_YET = -1;

  private final String operator;
  private final Counters counters;

  private transient AtomicLong waiting;
  private transient Histogram tails;
  private transient Histogram bytes;
  private transient volatile long checkpointedMillis;

  /**
   * Counters under the name of one operator.
   *
   * @param counts that have been, or will be, opened by the operator
   */
  public KeyedLogicMetrics(String operator, Counters counters) {
    this.operator = operator;
    this.counters = counters;
  }

  /** Called once the counts are open. */
  public void open(Gauges gauges) {
    for (Metric metric : EVENTUALLY) {
      counters.begin(metric, operator);
    }
    waiting = gauges.total(Metric.WAITING_EVENTS.wireName());
    tails = new DescriptiveStatisticsHistogram(SAMPLES);
    bytes = new DescriptiveStatisticsHistogram(SAMPLES);
    checkpointedMillis = System.currentTimeMillis();
    counters.gauge(Metric.WAITING_EVENTS, waiting::get, operator);
    counters.gauge(Metric.WATERMARK_AGE_MILLIS, () -> age(gauges.watermarkMillis()), operator);
    counters.gauge(Metric.CHECKPOINT_AGE_MILLIS, () -> age(checkpointedMillis), operator);
    counters.histogram(Metric.TAIL_EVENTS, tails, operator);
    counters.histogram(Metric.STATE_BYTES, bytes, operator);
  }

  private static long age(long millis) {
    return millis == Long.MIN_VALUE ? NONE_YET : System.currentTimeMillis() - millis;
  }

  /** So many events of a key wait for the watermark, where it was another number before. */
  public void waiting(int before, int after) {
    if (after != before) {
      waiting.addAndGet((long) after - before);
    }
  }

  /** One of many states that are written has so many events that wait. */
  public void tail(int events) {
    tails.update(events);
  }

  /** One of many states that are written takes up so much. */
  public void stored(int length) {
    bytes.update(length);
  }

  /** A checkpoint is complete. */
  public void checkpointed() {
    checkpointedMillis = System.currentTimeMillis();
  }

  public void timerFired() {
    counters.count(Metric.WAKES, operator);
  }

  public void reevaluated() {
    counters.count(Metric.ASKED_AGAIN, operator);
  }

  public void cacheMissed() {
    counters.count(Metric.CACHE_MISSES, operator);
  }

  public void flushed(int entries, long nanos) {
    counters.add(Metric.WRITTEN_BACK, entries, operator);
    counters.add(Metric.WRITE_BACK_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos), operator);
  }
}
