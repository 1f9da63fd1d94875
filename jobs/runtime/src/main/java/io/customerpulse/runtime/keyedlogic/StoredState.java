package io.customerpulse.runtime.keyedlogic;

/**
 * What the state backend keeps of one key.
 *
 * @param dueMillis when time has something to decide, epoch milliseconds; {@link #NEVER} if not
 * @param registeredMillis the key's one Flink timer, never later than that; {@link #NEVER} where
 *     there is none
 */
record StoredState<S>(S state, long dueMillis, long registeredMillis) {
  static final long NEVER = Long.MAX_VALUE;
}
