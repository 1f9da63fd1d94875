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
 * How one keyed operator is doing.
 *
 * @param <S> the state of one key
 */
public final class KeyedLogicMetrics<S> implements OperatorMetrics<S> {
  private static final List<Metric> EVENTUALLY =
      List.of(
          Metric.WAKES,
          Metric.ASKED_AGAIN,
          Metric.CACHE_HITS,
          Metric.CACHE_MISSES,
          Metric.WRITTEN_BACK,
          Metric.WRITE_BACK_MICROS);

  /** What distributions are made of: the last so many samples. */
  private static final int SAMPLES = 1_024;

  /** How much of something a state has. */
  @FunctionalInterface
  public interface Size<S> extends Serializable {
    int of(S state);
  }

  private final String operator;
  private final Counters counters;
  private final EventTimeMetrics eventTime;
  private final List<Total<S>> totals = new ArrayList<>(1);

  private transient Histogram bytes;

  /**
   * @param operator its uid, the label of what is counted
   * @param accumulating whether the result of the run is to have the counters too
   */
  public KeyedLogicMetrics(String operator, boolean accumulating) {
    this.operator = operator;
    this.counters = new Counters(accumulating);
    this.eventTime = new EventTimeMetrics(operator);
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
    bytes = new DescriptiveStatisticsHistogram(SAMPLES);
    eventTime.open(counters, gauges);
    counters.histogram(Metric.STATE_BYTES, bytes, operator);
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
  public void cacheHit() {
    counters.count(Metric.CACHE_HITS, operator);
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
  }

  @Override
  public void checkpointed() {
    eventTime.checkpointed();
  }

  /** A sum over the states of all keys. */
  private static final class Total<S> implements Serializable {
    private final Metric metric;
    private final Size<S> size;

    private transient AtomicLong sum;

    Total(Metric metric, Size<S> size) {
      this.metric = metric;
      this.size = size;
    }

    void open(Gauges gauges, Counters counters) {
      sum = gauges.total(metric.wireName());
      counters.gauge(metric, sum::get);
    }

    void changed(S before, S after) {
      int more = (after == null ? 0 : size.of(after)) - (before == null ? 0 : size.of(before));
      if (more != 0) {
        sum.addAndGet(more);
      }
    }
  }
}
