package org.seq4j.trainer.data.split;

/**
 * A random number generator with the same numbers on every machine, JDK and release. The JDK's
 * generators do not guarantee this for bounded numbers. The algorithm is SplitMix64 (Steele, Lea
 * and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Not thread-safe.
 */
public final class StableRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** Creates a generator with a seed. */
  public StableRandom(long seed) {
    state = seed;
  }

  /** Creates a generator for one of many purposes under one seed, such as an epoch. */
  public StableRandom(long seed, long purpose) {
    this(mix(seed + GOLDEN_GAMMA) ^ mix(purpose));
  }

  /** Returns 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns a number in [0, bound). */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("expected a bound of at least 1, got " + bound);
    }
    // 32 random bits scaled down; the bias, below bound / 2^32, does not matter for shuffling.
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Shuffles the elements (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  public static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
