package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What becomes of what was decided: it is counted, and sent on in the form that the next operator
 * wants. It also hears how the operator is doing.
 *
 * @param <S> the state of one key
 * @param <O> what a decision tells
 * @param <R> what is sent on
 */
public interface OutputMapper<S, O, R> extends Serializable {

  /**
   * Called once before everything else, where the operator will run.
   *
   * @param gauges of the subtask; its totals are those of the last checkpoint
   */
  void open(RuntimeContext context, Gauges gauges);

  /**
   * Takes one output of a decision.
   *
   * @param watermark of the decision
   */
  void emit(O output, Instant watermark, Output<StreamRecord<R>> downstream);

  /** A key was woken. */
  void timerFired();

  /** A key was asked again because what decides has changed. */
  void reevaluated();

  /** The state of a key was not in the cache. */
  void cacheMissed();

  /**
   * The cache was written back for a checkpoint.
   *
   * @param entries how many states had changed
   * @param nanos how long it took, during which the task did nothing else
   */
  void flushed(int entries, long nanos);

  /**
   * Another state is remembered of a key. Called for every decision: what it does must be next to
   * nothing.
   *
   * @param before null where nothing was remembered
   * @param after null where the key is forgotten
   */
  default void changed(S before, S after) {}

  /**
   * One of many states that were written to the backend.
   *
   * @param bytes it takes up there
   */
  default void sampled(S state, int bytes) {}

  /** A checkpoint is complete. */
  default void checkpointed() {}
}
