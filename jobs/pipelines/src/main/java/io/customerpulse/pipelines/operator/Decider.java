package io.customerpulse.pipelines.operator;

import java.io.Serializable;
import java.time.Instant;

/**
 * Decides what an event or the passing of time does to the state of one key. It keeps nothing of
 * its own between two calls.
 *
 * @param <S> the state of one key, immutable
 * @param <I> an event
 * @param <O> what a decision tells the world
 */
public interface Decider<S, I, O> extends Serializable {

  /** Called once before everything else, where the decider will run. */
  default void open() {}

  /**
   * Decides about one event.
   *
   * @param state null where nothing is remembered
   * @param watermark every event up to it has come; {@link Instant#MIN} at the start
   */
  Verdict<S, O> onEvent(String key, S state, I event, Instant watermark);

  /**
   * Decides what time has brought: the watermark has reached the wake of the last verdict.
   *
   * @param watermark as in {@link #onEvent}
   * @return a verdict whose wake, if it has one, lies after the watermark
   */
  Verdict<S, O> onWake(String key, S state, Instant watermark);
}
