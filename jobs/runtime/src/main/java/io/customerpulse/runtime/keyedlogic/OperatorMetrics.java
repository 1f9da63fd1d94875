package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Hears how a keyed-logic operator is doing, on the task's own thread.
 *
 * @param <S> the state of one key
 */
public interface OperatorMetrics<S> extends Serializable {

  /** For an operator that nobody watches. */
  static <S> OperatorMetrics<S> none() {
    return new OperatorMetrics<>() {};
  }

  /**
   * Called once before everything else, where the operator will run.
   *
   * @param gauges of the subtask; its totals are those of the last checkpoint
   */
  default void open(RuntimeContext context, Gauges gauges) {}

  /** The timer of a key fired. */
  default void timerFired() {}

  /** A key was evaluated again because what decides has changed. */
  default void reevaluated() {}

  /** The state of a key was in the cache. */
  default void cacheHit() {}

  /** The state of a key was not in the cache. */
  default void cacheMissed() {}

  /**
   * The cache was written back for a checkpoint.
   *
   * @param entries how many states had changed
   * @param nanos how long it took, during which the task did nothing else
   */
  default void flushed(int entries, long nanos) {}

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
