package io.customerpulse.behavior.customer;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Output;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.runtime.keyedlogic.Emitter;
import io.customerpulse.runtime.keyedlogic.Figures;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Lets moves within the population through, and nothing else. */
final class MovesEmitter implements Emitter<CustomerState, Output, PopulationMove> {

  @Override
  public void open(RuntimeContext context, Figures figures) {}

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
  public void woken() {}

  @Override
  public void askedAgain() {}

  @Override
  public void cacheMissed() {}

  @Override
  public void flushed(int entries, long nanos) {}
}
