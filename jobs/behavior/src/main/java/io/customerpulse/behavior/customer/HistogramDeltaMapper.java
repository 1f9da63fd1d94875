package io.customerpulse.behavior.customer;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Output;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.runtime.keyedlogic.Gauges;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Lets moves within the population through, and nothing else. */
final class HistogramDeltaMapper implements OutputMapper<CustomerState, Output, PopulationMove> {

  @Override
  public void open(RuntimeContext context, Gauges gauges) {}

  @Override
  public void emit(
      Output output,
      Instant watermark,
      org.apache.flink.streaming.api.operators.Output<StreamRecord<PopulationMove>> downstream) {
    if (output instanceof Output.PopulationMoved moved) {
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
