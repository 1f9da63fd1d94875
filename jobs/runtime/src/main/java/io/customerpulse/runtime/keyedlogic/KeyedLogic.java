package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Decides what an event or the passing of time does to the state of one key. It keeps nothing of
 * its own between two calls but the broadcast records that steer it.
 *
 * @param <S> the state of one key, immutable
 * @param <I> an event
 * @param <O> what a decision tells the world
 */
public interface KeyedLogic<S, I, O> extends Serializable {

  /** Called once before everything else, where the logic will run. */
  default void open() {}

  /**
   * Decides about events of one key. A timer that isn't after the watermark fires at once.
   *
   * @param state null where nothing is remembered
   * @param events the earliest first, at least one; among those of one instant in any order. Where
   *     the operator lets events wait, all up to the watermark that haven't been decided about;
   *     else one, as it comes
   * @param watermark every event up to it has come; {@link Instant#MIN} at the start
   */
  Decision<S, O> onEvents(String key, S state, List<I> events, Instant watermark);

  /**
   * Decides about an event that the watermark had passed when it came. Only where the operator lets
   * events wait.
   *
   * @param state null where nothing is remembered
   * @param watermark as in {@link #onEvents}
   */
  default Decision<S, O> onLateEvent(String key, S state, I event, Instant watermark) {
    return onEvents(key, state, List.of(event), watermark);
  }

  /**
   * Decides what time has brought: the watermark has reached the timer of the last decision, or
   * what the decision rested on has changed and the key is evaluated again before its time.
   *
   * @param watermark as in {@link #onEvents}
   * @return a decision whose timer, if it has one, lies after the watermark
   */
  Decision<S, O> onTimer(String key, S state, Instant watermark);

  /**
   * Takes what steers the decisions about all keys from now on. Called for each broadcast record as
   * it comes and, after a restore, for each that is kept, before any decision. Only where the
   * operator is given broadcast records.
   */
  default void onBroadcastRecord(BroadcastRecord broadcastRecord) {
    throw new IllegalStateException("Nothing steers this logic");
  }

  /**
   * Stands for everything but a key's own state that its next timer depends on: settings, broadcast
   * records. Where it is another than the one under which timers were set, all keys are evaluated
   * again, as by {@link #onTimer}. What differs only in what a timer does doesn't belong here.
   */
  default String fingerprint() {
    return "";
  }
}
