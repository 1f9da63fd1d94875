package io.customerpulse.runtime.keyedlogic;

import org.apache.flink.runtime.state.heap.HeapPriorityQueueElement;

/** The state of one key in the cache. Knows its place in the queue of what is due. */
final class CacheEntry<S> implements HeapPriorityQueueElement {
  final String key;

  /** Null where nothing is remembered of the key. */
  S state;

  long dueMillis = StoredState.NEVER;

  /** The timer that Flink holds for the key. */
  long registeredMillis = StoredState.NEVER;

  /** Whether the state backend has something else. */
  boolean dirty;

  private int queueIndex = NOT_CONTAINED;

  CacheEntry(String key) {
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
