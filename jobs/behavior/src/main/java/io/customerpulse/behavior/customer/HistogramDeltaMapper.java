package io.customerpulse.behavior.customer;

import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Lets moves within the population through, and nothing else. */
final class HistogramDeltaMapper implements OutputMapper<Effect, PositionChange> {

  @Override
  public void emit(
      Effect output, Instant watermark, Output<StreamRecord<PositionChange>> downstream) {
    if (output instanceof Effect.PositionChanged moved) {
      downstream.collect(new StreamRecord<>(moved.change(), moved.change().at().toEpochMilli()));
    }
  }
}
