package org.seq4j.runtime.graph;

import java.util.random.RandomGenerator;

/**
 * The generator L64X128Mix (Steele and Vigna 2021, "LXM: better splittable pseudorandom number
 * generators"), which gives the same numbers as the JDK's {@code L64X128MixRandom}.
 *
 * <p>The JDK finds its own one through the context class loader of whichever thread asks first in a
 * process, and not at all on a Java runtime without the module {@code jdk.random}.
 */
public final class LxmRandom implements RandomGenerator {
  private static final long SILVER_RATIO = 0x6A09E667F3BCC909L;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final long MULTIPLIER = 0xD1342543DE82EF95L;

  /** Addend of the linear congruential generator; odd. */
  private final long addend;

  private long state;

  /** State of the xor-based generator, xoroshiro128; never both zero. */
  private long x0;

  private long x1;

  /** Creates a generator whose numbers depend only on the seed. */
  public LxmRandom(long seed) {
    long mixed = seed ^ SILVER_RATIO;
    addend = murmur(mixed) | 1;
    state = 1;
    // Both are zero for no seed: the mix is one-to-one, and gives zero for zero only.
    x0 = stafford(mixed);
    x1 = stafford(mixed + GOLDEN_RATIO);
  }

  @Override
  public long nextLong() {
    final long result = lea(state + x0);
    state = MULTIPLIER * state + addend;
    long y = x1 ^ x0;
    x0 = Long.rotateLeft(x0, 24) ^ y ^ (y << 16);
    x1 = Long.rotateLeft(y, 37);
    return result;
  }

  private static long lea(long value) {
    long z = (value ^ (value >>> 32)) * 0xDABA0B6EB09322E3L;
    z = (z ^ (z >>> 32)) * 0xDABA0B6EB09322E3L;
    return z ^ (z >>> 32);
  }

  private static long murmur(long value) {
    long z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }

  private static long stafford(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
