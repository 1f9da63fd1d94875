package io.customerpulse.runtime.keyedlogic;

/**
 * How many states a cache may hold, so that they fit into its share of the heap. What they take
 * there nobody can tell, but how long they are when written is sampled, and states grow as
 * customers come back: so the bound follows the mean of the latest samples.
 */
final class CacheBound {
  /** With fewer even a visit would not be served from memory. */
  private static final int LEAST = 256;

  /**
   * Of objects, for a byte of what they are written as: a million simulated customers of 525 bytes
   * each took 4 KB of heap in the cache.
   */
  private static final int HEAP_PER_BYTE = 8;

  /** The samples that the mean is of, roughly. */
  private static final int REMEMBERED = 256;

  private final int most;
  private final CachePool pool;
  private boolean entered;
  private int samples;
  private double mean;

  /**
   * A bound without samples yet.
   *
   * @param most states, at least 1
   * @param pool of whose heap they take a part, once they are more than a few
   */
  CacheBound(int most, CachePool pool) {
    this.most = most;
    this.pool = pool;
  }

  /** Takes note of how many there are. */
  void holds(int states) {
    if (!entered && states > LEAST) {
      pool.enter();
      entered = true;
    }
  }

  /** There are none any more. */
  void close() {
    if (entered) {
      pool.leave();
      entered = false;
    }
  }

  /** Takes note of the length of one state as written. */
  void sampled(int bytes) {
    samples = Math.min(samples + 1, REMEMBERED);
    mean += (bytes - mean) / samples;
  }

  /** States that the cache may hold now. */
  int get() {
    if (samples == 0) {
      return most;
    }
    double states = (double) pool.part() / HEAP_PER_BYTE / mean;
    return (int) Math.min(most, Math.max(LEAST, states));
  }
}
