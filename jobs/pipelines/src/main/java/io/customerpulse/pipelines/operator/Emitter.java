package io.customerpulse.pipelines.operator;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What becomes of what was decided: it is counted, and sent on in the form that the next operator
 * wants. It also hears how the operator is doing.
 *
 * @param <O> what a decision tells
 * @param <R> what is sent on
 */
public interface Emitter<O, R> extends Serializable {

  /** Called once before everything else, where the operator will run. */
  void open(RuntimeContext context);

  /**
   * Takes one output of a decision.
   *
   * @param watermark of the decision
   */
  void emit(O output, Instant watermark, Output<StreamRecord<R>> downstream);

  /** A key was woken. */
  void woken();

  /** A key was asked again because what decides has changed. */
  void askedAgain();

  /** The state of a key was not in the cache. */
  void cacheMissed();

  /**
   * The cache was written back for a checkpoint.
   *
   * @param entries how many states had changed
   * @param nanos how long it took, during which the task did nothing else
   */
  void flushed(int entries, long nanos);
}
