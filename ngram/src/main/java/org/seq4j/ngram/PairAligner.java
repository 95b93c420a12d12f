package org.seq4j.ngram;

import com.carrotsearch.hppc.LongDoubleHashMap;
import com.carrotsearch.hppc.cursors.LongDoubleCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aligns sources and targets to sequences of pairs: one source token with up to two target tokens,
 * or two source tokens with one. The probabilities of pairs are estimated by expectation
 * maximization over all alignments (Jiampojamarn et al. 2007, algorithm 1).
 */
final class PairAligner {
  /** The largest number of distinct tokens of a side, because a pair is a key of 64 bits. */
  private static final int MOST_TOKENS = (1 << 16) - 2;

  /** The numbers of source and target tokens of a pair. */
  private static final int[][] SIZES = {{1, 0}, {1, 1}, {1, 2}, {2, 1}};

  private final Tokens sources = new Tokens("source");
  private final Tokens targets = new Tokens("target");
  private LongDoubleHashMap probabilities = new LongDoubleHashMap();

  /** The numbers of tokens, from 1. */
  private static final class Tokens {
    private final String side;
    private final Map<String, Integer> numbers = new HashMap<>();

    Tokens(String side) {
      this.side = side;
    }

    int[] numbered(List<String> tokens) {
      int[] found = new int[tokens.size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = numbers.computeIfAbsent(tokens.get(i), token -> numbers.size() + 1);
      }
      if (numbers.size() > MOST_TOKENS) {
        throw new IllegalArgumentException(
            "the "
                + side
                + "s have more than "
                + MOST_TOKENS
                + " different tokens: a joint n-gram model is for small vocabularies, such as"
                + " letters");
      }
      return found;
    }
  }

  /** An example as numbers. */
  private record Numbered(int[] source, int[] target) {}

  private PairAligner() {}

  /**
   * Aligns examples.
   *
   * @param iterations number of iterations of expectation maximization
   * @return the most probable alignment of each example; empty if it has none, because the target
   *     is more than twice as long as the source
   */
  static List<Optional<List<TokenPair>>> align(List<PairExample> examples, int iterations) {
    PairAligner aligner = estimate(examples, iterations);
    return examples.stream()
        .map(example -> aligner.best(example, aligner.numbered(example)))
        .toList();
  }

  /** Estimates the probabilities of pairs. */
  static PairAligner estimate(List<PairExample> examples, int iterations) {
    PairAligner aligner = new PairAligner();
    List<Numbered> numbered = examples.stream().map(aligner::numbered).toList();
    for (int i = 0; i < iterations; i++) {
      aligner.iterate(numbered, i == 0);
    }
    return aligner;
  }

  private Numbered numbered(PairExample example) {
    return new Numbered(sources.numbered(example.source()), targets.numbered(example.target()));
  }

  /** Returns the probability of a pair. */
  double probability(TokenPair pair) {
    Numbered example = numbered(new PairExample(pair.source(), pair.target()));
    int[] size = {pair.source().size(), pair.target().size()};
    return probability(key(example, size[0], size[1], size), false);
  }

  /** Returns the key of the pair that ends at a place of both sides. */
  private static long key(Numbered example, int i, int j, int[] size) {
    long first = example.source[i - size[0]];
    long second = size[0] == 2 ? example.source[i - 1] : 0;
    long one = size[1] >= 1 ? example.target[j - size[1]] : 0;
    long two = size[1] == 2 ? example.target[j - 1] : 0;
    return first << 48 | second << 32 | one << 16 | two;
  }

  private static boolean fits(int i, int j, int[] size) {
    return i >= size[0] && j >= size[1];
  }

  /** Estimates the probabilities anew from their expected counts. */
  private void iterate(List<Numbered> examples, boolean uniform) {
    LongDoubleHashMap counts = new LongDoubleHashMap();
    double sum = 0; // in the order of the examples: that of the map differs between processes
    for (Numbered example : examples) {
      sum += count(example, uniform, counts);
    }
    LongDoubleHashMap estimated = new LongDoubleHashMap(counts.size());
    for (LongDoubleCursor cursor : counts) {
      estimated.put(cursor.key, cursor.value / sum);
    }
    probabilities = estimated;
  }

  private double probability(long key, boolean uniform) {
    return uniform ? 1e-3 : probabilities.getOrDefault(key, 0);
  }

  /**
   * Adds the expected counts of an example's pairs, by the forward-backward algorithm.
   *
   * @return their sum
   */
  private double count(Numbered example, boolean uniform, LongDoubleHashMap counts) {
    int n = example.source.length;
    int m = example.target.length;
    double[][] forward = new double[n + 1][m + 1];
    forward[0][0] = 1;
    double[][][] steps = new double[n + 1][m + 1][SIZES.length];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k < SIZES.length; k++) {
          if (fits(i, j, SIZES[k])) {
            double before = forward[i - SIZES[k][0]][j - SIZES[k][1]];
            if (before > 0) {
              steps[i][j][k] = probability(key(example, i, j, SIZES[k]), uniform);
              forward[i][j] += before * steps[i][j][k];
            }
          }
        }
      }
    }
    if (forward[n][m] == 0) {
      return 0; // no alignment, or so improbable that it teaches nothing
    }
    double sum = 0;
    double[][] backward = new double[n + 1][m + 1];
    backward[n][m] = 1 / forward[n][m];
    for (int i = n; i >= 0; i--) {
      for (int j = m; j >= 0; j--) {
        for (int k = 0; k < SIZES.length; k++) {
          if (backward[i][j] > 0 && steps[i][j][k] > 0) {
            double through = backward[i][j] * steps[i][j][k];
            backward[i - SIZES[k][0]][j - SIZES[k][1]] += through;
            double expected = through * forward[i - SIZES[k][0]][j - SIZES[k][1]];
            counts.addTo(key(example, i, j, SIZES[k]), expected);
            sum += expected;
          }
        }
      }
    }
    return sum;
  }

  /** Returns the most probable alignment. */
  private Optional<List<TokenPair>> best(PairExample example, Numbered numbered) {
    int n = numbered.source.length;
    int m = numbered.target.length;
    double[][] best = new double[n + 1][m + 1];
    for (double[] row : best) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    best[0][0] = 0;
    int[][] last = new int[n + 1][m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k < SIZES.length; k++) {
          if (fits(i, j, SIZES[k])) {
            double score =
                best[i - SIZES[k][0]][j - SIZES[k][1]]
                    + Math.log(probability(key(numbered, i, j, SIZES[k]), false));
            if (score > best[i][j]) {
              best[i][j] = score;
              last[i][j] = k;
            }
          }
        }
      }
    }
    if (best[n][m] == Double.NEGATIVE_INFINITY) {
      return Optional.empty();
    }
    List<TokenPair> pairs = new ArrayList<>();
    int j = m;
    for (int i = n; i > 0; ) {
      int[] size = SIZES[last[i][j]];
      pairs.add(
          new TokenPair(
              example.source().subList(i - size[0], i), example.target().subList(j - size[1], j)));
      i -= size[0];
      j -= size[1];
    }
    Collections.reverse(pairs);
    return Optional.of(pairs);
  }
}
