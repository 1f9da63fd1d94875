package io.customerpulse.lab.simulator;

/**
 * Chance as a function: the same seed, purpose and id always fall the same way, in any order and on
 * any thread. The mixing is the output function of SplitMix64, written out here because the JDK
 * doesn't promise that its own generators stay the same from version to version.
 */
record SeededRandom(long seed) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long bits(RandomPurpose purpose, long id) {
    return mix(mix(seed + purpose.salt()) + (id + 1) * GOLDEN_GAMMA);
  }

  /** In [0, 1). */
  double unit(RandomPurpose purpose, long id) {
    return (bits(purpose, id) >>> 11) * UNIT;
  }

  /** In [0, bound). */
  int below(int bound, RandomPurpose purpose, long id) {
    return (int) ((bits(purpose, id) >>> 1) % bound);
  }

  /** In [from, to). */
  long between(long from, long to, RandomPurpose purpose, long id) {
    return from + (bits(purpose, id) >>> 1) % (to - from);
  }

  boolean chance(double probability, RandomPurpose purpose, long id) {
    return unit(purpose, id) < probability;
  }
}
