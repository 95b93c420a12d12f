package org.seq4j.trainer.data.split;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * A hash of text that is the same on every machine and in every release, to assign lines to splits:
 * 64-bit FNV-1a over the UTF-8 bytes, started from the seed and finished with SplitMix64's mixer
 * (Steele, Lea and Flood 2014), since FNV alone leaves the upper bits of short texts alike.
 */
public final class StableHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StableHash() {}

  /** The hash of a text under a seed. */
  public static long of(String text, long seed) {
    long hash = OFFSET ^ StableRandom.mix(seed);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return StableRandom.mix(hash);
  }

  /** The hash of a text as a number from 0 to below 1. */
  public static double unit(String text, long seed) {
    return (of(text, seed) >>> 11) * 0x1.0p-53;
  }

  /** Texts in the order of their hashes: a shuffle that does not depend on where it starts. */
  public static Comparator<String> order(long seed) {
    Comparator<String> byHash = Comparator.comparingLong(text -> of(text, seed));
    return byHash.thenComparing(Comparator.naturalOrder());
  }
}
