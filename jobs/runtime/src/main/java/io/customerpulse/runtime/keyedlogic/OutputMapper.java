package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends on what was decided, in the form that the next operator wants.
 *
 * @param <O> what a decision tells
 * @param <R> what is sent on
 */
public interface OutputMapper<O, R> extends Serializable {

  /** Called once before everything else, where the operator will run. */
  default void open(RuntimeContext context) {}

  /**
   * Takes one effect of a decision.
   *
   * @param watermark of the decision
   */
  void emit(O effect, Instant watermark, Output<StreamRecord<R>> downstream);
}
