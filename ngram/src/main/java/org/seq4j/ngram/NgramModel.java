package org.seq4j.ngram;

import com.carrotsearch.hppc.LongIntHashMap;

/**
 * N-grams of numbers with backoff. A state is what the model knows of the history: the longest
 * suffix of it that is an n-gram.
 *
 * <p>A state is also the n-gram itself: a node of a tree whose children are longer by one number.
 */
final class NgramModel {
  /** The number of the end of a sequence. */
  static final int END = 0;

  /** The number of the beginning of a sequence. */
  static final int BEGIN = Integer.MAX_VALUE;

  /** No state. */
  static final int NONE = -1;

  /** The state of an empty history. */
  static final int ROOT = 0;

  private static final double LN_10 = Math.log(10);

  private final int order;
  private final LongIntHashMap children;
  private final int[] suffixes;
  private final float[] logProbabilities;
  private final float[] logBackoffs;

  /**
   * Creates a model.
   *
   * @param order the largest length of an n-gram
   * @param children the n-gram of each {@link #edge}
   * @param suffixes for each n-gram the one without its first number
   * @param logProbabilities for each n-gram the logarithm to the base 10 of the probability of its
   *     last number after the others
   * @param logBackoffs for each n-gram the logarithm to the base 10 of the weight of a shorter
   *     history, for numbers that do not follow it
   */
  NgramModel(
      int order,
      LongIntHashMap children,
      int[] suffixes,
      float[] logProbabilities,
      float[] logBackoffs) {
    this.order = order;
    this.children = children;
    this.suffixes = suffixes;
    this.logProbabilities = logProbabilities;
    this.logBackoffs = logBackoffs;
  }

  /** Returns the key of an n-gram: the n-gram without its last number, and this number. */
  static long edge(int state, int token) {
    return (long) state << 32 | token;
  }

  int order() {
    return order;
  }

  /** The number of n-grams. */
  int size() {
    return suffixes.length - 1;
  }

  /** The state at the beginning of a sequence. */
  int begin() {
    return children.getOrDefault(edge(ROOT, BEGIN), ROOT);
  }

  /** The n-grams, each with the key that it is found by. */
  LongIntHashMap children() {
    return children;
  }

  float logProbability(int ngram) {
    return logProbabilities[ngram];
  }

  float logBackoff(int ngram) {
    return logBackoffs[ngram];
  }

  /**
   * Returns the natural logarithm of the probability of a number after a history; negative infinity
   * for a number that does not occur.
   */
  double logProbability(int state, int token) {
    double backoff = 0;
    for (int at = state; at != NONE; at = suffixes[at]) {
      int found = children.getOrDefault(edge(at, token), NONE);
      if (found != NONE) {
        return LN_10 * (backoff + logProbabilities[found]);
      }
      backoff += logBackoffs[at];
    }
    return Double.NEGATIVE_INFINITY;
  }

  /** Returns the state after a further number. */
  int next(int state, int token) {
    for (int at = state; at != NONE; at = suffixes[at]) {
      int found = children.getOrDefault(edge(at, token), NONE);
      if (found != NONE) {
        return found;
      }
    }
    return ROOT;
  }
}
