package io.customerpulse.behavior.metrics;

import io.customerpulse.runtime.keyedlogic.Gauges;
import io.customerpulse.runtime.keyedlogic.OperatorMetrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How one keyed operator is doing. Ages are by the clock of the machine, for they tell whoever
 * watches what is late by now.
 *
 * @param <S> the state of one key
 */
public final class KeyedLogicMetrics<S> implements OperatorMetrics<S> {
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

  /** How much of something a state has. */
  @FunctionalInterface
  public interface Size<S> extends Serializable {
    int of(S state);
  }

  private final String operator;
  private final Counters counters;
  private final List<Total<S>> totals = new ArrayList<>(2);

  /** Events of a key that wait for the watermark; null where none ever does. */
  private final Size<S> waiting;

  private transient Histogram tails;
  private transient Histogram bytes;
  private transient volatile long checkpointedMillis;

  /**
   * Metrics of an operator whose keys have no events that wait.
   *
   * @param operator its uid, the label of what is counted
   * @param accumulating whether the result of the run is to have the counters too
   */
  public KeyedLogicMetrics(String operator, boolean accumulating) {
    this(operator, accumulating, null);
  }

  /**
   * The same of an operator in which events wait for the watermark.
   *
   * @param waiting how many, of one key
   */
  public KeyedLogicMetrics(String operator, boolean accumulating, Size<S> waiting) {
    this.operator = operator;
    this.counters = new Counters(accumulating);
    this.waiting = waiting;
    if (waiting != null) {
      totals.add(new Total<>(Metric.WAITING_EVENTS, waiting, operator));
    }
  }

  /** Adds a gauge without labels: a sum over all keys that goes through savepoints. */
  public KeyedLogicMetrics<S> withTotal(Metric metric, Size<S> size) {
    totals.add(new Total<>(metric, size));
    return this;
  }

  @Override
  public void open(RuntimeContext context, Gauges gauges) {
    counters.open(context);
    for (Metric metric : EVENTUALLY) {
      counters.begin(metric, operator);
    }
    totals.forEach(total -> total.open(gauges, counters));
    if (waiting == null) {
      counters.gauge(Metric.WAITING_EVENTS, () -> 0, operator);
    }
    tails = new DescriptiveStatisticsHistogram(SAMPLES);
    bytes = new DescriptiveStatisticsHistogram(SAMPLES);
    checkpointedMillis = System.currentTimeMillis();
    counters.gauge(Metric.WATERMARK_AGE_MILLIS, () -> age(gauges.watermarkMillis()), operator);
    counters.gauge(Metric.CHECKPOINT_AGE_MILLIS, () -> age(checkpointedMillis), operator);
    counters.histogram(Metric.TAIL_EVENTS, tails, operator);
    counters.histogram(Metric.STATE_BYTES, bytes, operator);
  }

  private static long age(long millis) {
    return millis == Long.MIN_VALUE ? NONE_YET : System.currentTimeMillis() - millis;
  }

  @Override
  public void timerFired() {
    counters.count(Metric.WAKES, operator);
  }

  @Override
  public void reevaluated() {
    counters.count(Metric.ASKED_AGAIN, operator);
  }

  @Override
  public void cacheMissed() {
    counters.count(Metric.CACHE_MISSES, operator);
  }

  @Override
  public void flushed(int entries, long nanos) {
    counters.add(Metric.WRITTEN_BACK, entries, operator);
    counters.add(Metric.WRITE_BACK_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos), operator);
  }

  @Override
  public void changed(S before, S after) {
    for (int i = 0; i < totals.size(); i++) {
      totals.get(i).changed(before, after);
    }
  }

  @Override
  public void sampled(S state, int length) {
    bytes.update(length);
    if (waiting != null) {
      tails.update(waiting.of(state));
    }
  }

  @Override
  public void checkpointed() {
    checkpointedMillis = System.currentTimeMillis();
  }

  /** A sum over the states of all keys. */
  private static final class Total<S> implements Serializable {
    private final Metric metric;
    private final Size<S> size;
    private final String[] labels;

    private transient AtomicLong sum;

    Total(Metric metric, Size<S> size, String... labels) {
      this.metric = metric;
      this.size = size;
      this.labels = labels;
    }

    void open(Gauges gauges, Counters counters) {
      sum = gauges.total(metric.wireName());
      counters.gauge(metric, sum::get, labels);
    }

    void changed(S before, S after) {
      int more = (after == null ? 0 : size.of(after)) - (before == null ? 0 : size.of(before));
      if (more != 0) {
        sum.addAndGet(more);
      }
    }
  }
}
