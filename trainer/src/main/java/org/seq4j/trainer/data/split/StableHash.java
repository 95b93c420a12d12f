package org.seq4j.trainer.data.split;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * A hash of text that is the same on every machine and in every release; it assigns lines to
 * splits: 64-bit FNV-1a over the UTF-8 bytes, started from the seed and finished with SplitMix64's
 * mixer (Steele, Lea and Flood 2014), since FNV alone mixes the upper bits of short texts poorly.
 */
public final class StableHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StableHash() {}

  /** Returns the hash of a text under a seed. */
  public static long of(String text, long seed) {
    long hash = OFFSET ^ StableRandom.mix(seed);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return StableRandom.mix(hash);
  }

  /** Returns the hash of a text as a number in [0, 1). */
  public static double unit(String text, long seed) {
    return (of(text, seed) >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns the order of texts by their hashes: a shuffle that does not depend on the initial
   * order.
   */
  public static Comparator<String> order(long seed) {
    Comparator<String> byHash = Comparator.comparingLong(text -> of(text, seed));
    return byHash.thenComparing(Comparator.naturalOrder());
  }
}
