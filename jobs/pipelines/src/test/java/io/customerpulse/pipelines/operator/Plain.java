package io.customerpulse.pipelines.operator;

import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends on what it gets and counts the rest. */
final class Plain implements Emitter<String, String> {
  int wakes;
  int askedAgain;
  int misses;
  int written;

  @Override
  public void open(RuntimeContext context) {}

  @Override
  public void emit(String output, Instant watermark, Output<StreamRecord<String>> downstream) {
    downstream.collect(new StreamRecord<>(output));
  }

  @Override
  public void woken() {
    wakes++;
  }

  @Override
  public void askedAgain() {
    askedAgain++;
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
