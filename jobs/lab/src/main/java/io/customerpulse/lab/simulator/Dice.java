package io.customerpulse.lab.simulator;

/**
 * Chance as a function: the same seed, draw and id always fall the same way, in any order and on
 * any thread. The mixing is the output function of SplitMix64, written out here because the JDK
 * doesn't promise that its own generators stay the same from version to version.
 */
record Dice(long seed) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long bits(Draw draw, long id) {
    return mix(mix(seed + draw.salt()) + (id + 1) * GOLDEN_GAMMA);
  }

  /** In [0, 1). */
  double unit(Draw draw, long id) {
    return (bits(draw, id) >>> 11) * UNIT;
  }

  /** In [0, bound). */
  int below(int bound, Draw draw, long id) {
    return (int) ((bits(draw, id) >>> 1) % bound);
  }

  /** In [from, to). */
  long between(long from, long to, Draw draw, long id) {
    return from + (bits(draw, id) >>> 1) % (to - from);
  }

  boolean chance(double probability, Draw draw, long id) {
    return unit(draw, id) < probability;
  }
}
