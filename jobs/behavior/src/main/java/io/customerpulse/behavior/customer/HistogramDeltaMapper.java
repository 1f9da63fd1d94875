package io.customerpulse.behavior.customer;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.runtime.keyedlogic.Gauges;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Lets moves within the population through, and nothing else. */
final class HistogramDeltaMapper implements OutputMapper<CustomerState, Effect, PositionChange> {

  @Override
  public void open(RuntimeContext context, Gauges gauges) {}

  @Override
  public void emit(
      Effect output, Instant watermark, Output<StreamRecord<PositionChange>> downstream) {
    if (output instanceof Effect.PositionChanged moved) {
      downstream.collect(new StreamRecord<>(moved.move(), moved.move().at().toEpochMilli()));
    }
  }

  @Override
  public void timerFired() {}

  @Override
  public void reevaluated() {}

  @Override
  public void cacheMissed() {}

  @Override
  public void flushed(int entries, long nanos) {}
}
