package org.seq4j.runtime.graph.scan;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Keys of random numbers in one build of a graph: equal in each build of the same component. */
public final class RandomKeys {
  private final long seed;
  private final Map<String, Integer> uses = new HashMap<>();

  public RandomKeys(long seed) {
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** Returns a key for the next use of a path. */
  public long next(String path) {
    return of(seed, path + "#" + uses.merge(path, 1, Integer::sum));
  }

  /** Hashes a seed and a name (64-bit FNV-1a, then the finalizer of SplitMix64). */
  public static long of(long seed, String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    long z = hash + seed * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
