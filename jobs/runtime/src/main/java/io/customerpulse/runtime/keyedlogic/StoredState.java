package io.customerpulse.runtime.keyedlogic;

/**
 * What the state backend keeps of one key.
 *
 * @param dueMillis when the key wants to be woken, epoch milliseconds; {@link #NEVER} if not
 * @param registeredMillis the key's one timer, never later than the wake; {@link #NEVER} where
 *     there is none
 */
record StoredState<S>(S state, long dueMillis, long registeredMillis) {
  static final long NEVER = Long.MAX_VALUE;
}
