package io.customerpulse.runtime.keyedlogic;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The heap that the caches of all operators and subtasks in one process share: each that is in use
 * has an equal part, however many slots the process has.
 */
final class CachePool {

  /** Of the heap. What waits for the watermark has its own part, and records on their way live. */
  private static final double SHARE_OF_HEAP = 0.35;

  /** That of this process. A job's classes are loaded for it alone, so it is one for each job. */
  static final CachePool OF_PROCESS =
      new CachePool((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));

  private final long heapBytes;
  private final AtomicInteger inUse = new AtomicInteger();

  CachePool(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  /** One more cache is in use. */
  void enter() {
    inUse.incrementAndGet();
  }

  /** One less is. */
  void leave() {
    inUse.decrementAndGet();
  }

  /** Bytes for one of those that are in use. */
  long part() {
    return heapBytes / Math.max(1, inUse.get());
  }
}
