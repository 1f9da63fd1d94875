package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import java.time.Instant;

/**
 * Decides what an event or the passing of time does to the state of one key. It keeps nothing of
 * its own between two calls but the controls that steer it.
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
   * Decides what time has brought: the watermark has reached the wake of the last verdict, or what
   * the verdict rested on has changed and the key is asked again before its time.
   *
   * @param watermark as in {@link #onEvent}
   * @return a verdict whose wake, if it has one, lies after the watermark
   */
  Verdict<S, O> onWake(String key, S state, Instant watermark);

  /**
   * Takes what steers the decisions about all keys from now on. Called for each control as it comes
   * and, after a restore, for each that is kept, before any decision. Only where the operator is
   * given controls.
   */
  default void onControl(Control control) {
    throw new IllegalStateException("Nothing steers this decider");
  }

  /**
   * Stands for everything but a key's own state that its next wake depends on: settings, controls.
   * Where it is another than the one under which wakes were decided, all keys are asked again, as
   * by {@link #onWake}. What differs only in what happens at a wake doesn't belong here.
   */
  default String fingerprint() {
    return "";
  }
}
