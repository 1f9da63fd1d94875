package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends on what it gets, adds up how many keys there are, and counts the rest. */
final class Plain implements OutputMapper<String, String>, OperatorMetrics<String> {
  /** A total: how many keys are remembered. */
  static final String KEYS = "keys";

  Gauges gauges;
  int sampledBytes;
  int timers;
  int reevaluated;
  int misses;
  int written;

  @Override
  public void open(RuntimeContext context, Gauges ofSubtask) {
    gauges = ofSubtask;
  }

  @Override
  public void changed(String before, String after) {
    gauges.total(KEYS).addAndGet((after == null ? 0 : 1) - (before == null ? 0 : 1));
  }

  @Override
  public void sampled(String state, int bytes) {
    sampledBytes = bytes;
  }

  @Override
  public void emit(String output, Instant watermark, Output<StreamRecord<String>> downstream) {
    downstream.collect(new StreamRecord<>(output));
  }

  @Override
  public void timerFired() {
    timers++;
  }

  @Override
  public void reevaluated() {
    reevaluated++;
  }

  @Override
  public void cacheMissed() {
    misses++;
  }

  @Override
  public void flushed(int entries, long nanos) {
    written += entries;
  }
}
