package io.customerpulse.runtime.keyedlogic;

/**
 * What the state backend keeps of one key.
 *
 * @param wakeMillis when the key wants to be woken, epoch milliseconds; {@link #NEVER} if not
 * @param timerMillis the key's one timer, never later than the wake; {@link #NEVER} where there is
 *     none
 */
record Kept<S>(S state, long wakeMillis, long timerMillis) {
  static final long NEVER = Long.MAX_VALUE;
}
