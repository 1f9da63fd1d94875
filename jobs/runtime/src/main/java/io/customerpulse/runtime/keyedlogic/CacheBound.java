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
  private final double states;
  private int samples;
  private double mean;

  /**
   * A bound without samples yet.
   *
   * @param most states, at least 1
   * @param heapBytes what they may take together
   */
  CacheBound(int most, long heapBytes) {
    this.most = most;
    this.states = (double) heapBytes / HEAP_PER_BYTE;
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
    return (int) Math.min(most, Math.max(LEAST, states / mean));
  }
}
