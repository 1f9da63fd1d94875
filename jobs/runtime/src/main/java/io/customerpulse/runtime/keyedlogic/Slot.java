package io.customerpulse.runtime.keyedlogic;

import org.apache.flink.runtime.state.heap.HeapPriorityQueueElement;

/** The state of one key in the cache. Knows its place in the queue of wakes. */
final class Slot<S> implements HeapPriorityQueueElement {
  final String key;

  /** Null where nothing is remembered of the key. */
  S state;

  long wakeMillis = Kept.NEVER;

  /** The timer that Flink holds for the key. */
  long timerMillis = Kept.NEVER;

  /** Whether the state backend has something else. */
  boolean dirty;

  private int queueIndex = NOT_CONTAINED;

  Slot(String key) {
    this.key = key;
  }

  @Override
  public int getInternalIndex() {
    return queueIndex;
  }

  @Override
  public void setInternalIndex(int index) {
    queueIndex = index;
  }
}
