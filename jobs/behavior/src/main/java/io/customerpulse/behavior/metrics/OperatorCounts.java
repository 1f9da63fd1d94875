package io.customerpulse.behavior.metrics;

import io.customerpulse.runtime.keyedlogic.Figures;
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
public final class OperatorCounts implements Serializable {
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
  private final Counts counts;

  private transient AtomicLong waiting;
  private transient Histogram tails;
  private transient Histogram bytes;
  private transient volatile long checkpointedMillis;

  /**
   * Counts under the name of one operator.
   *
   * @param counts that have been, or will be, opened by the operator
   */
  public OperatorCounts(String operator, Counts counts) {
    this.operator = operator;
    this.counts = counts;
  }

  /** Called once the counts are open. */
  public void open(Figures figures) {
    for (Metric metric : EVENTUALLY) {
      counts.begin(metric, operator);
    }
    waiting = figures.total(Metric.WAITING_EVENTS.wireName());
    tails = new DescriptiveStatisticsHistogram(SAMPLES);
    bytes = new DescriptiveStatisticsHistogram(SAMPLES);
    checkpointedMillis = System.currentTimeMillis();
    counts.gauge(Metric.WAITING_EVENTS, waiting::get, operator);
    counts.gauge(Metric.WATERMARK_AGE_MILLIS, () -> age(figures.watermarkMillis()), operator);
    counts.gauge(Metric.CHECKPOINT_AGE_MILLIS, () -> age(checkpointedMillis), operator);
    counts.histogram(Metric.TAIL_EVENTS, tails, operator);
    counts.histogram(Metric.STATE_BYTES, bytes, operator);
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
