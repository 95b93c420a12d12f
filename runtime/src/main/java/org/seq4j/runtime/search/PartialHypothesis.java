package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;

/** A hypothesis while it grows: its last token, and the path that it continues. Immutable. */
final class PartialHypothesis {
  static final PartialHypothesis EMPTY = new PartialHypothesis(null, -1, 0, 0, new float[0]);

  private final PartialHypothesis parent;
  private final int token;
  private final double score;
  private final double rank;
  private final int length;
  private final float[] attention;

  private PartialHypothesis(
      PartialHypothesis parent, int token, double score, double rank, float[] attention) {
    this.parent = parent;
    this.token = token;
    this.score = score;
    this.rank = rank;
    this.length = parent == null ? 0 : parent.length + 1;
    this.attention = attention;
  }

  /** The path that a choice leads to. */
  PartialHypothesis extend(Continuations choices, int choice, float[] where) {
    return new PartialHypothesis(
        this,
        choices.tokens()[choice],
        score + choices.logProbabilities()[choice],
        rank + choices.ranks()[choice],
        where);
  }

  int token() {
    return token;
  }

  /** Sum of the log-probabilities of its tokens. */
  double score() {
    return score;
  }

  /** The same after the rules of the search. */
  double rank() {
    return rank;
  }

  /** How many tokens it has. */
  int length() {
    return length;
  }

  /** All its tokens. */
  List<Integer> tokens() {
    Integer[] tokens = new Integer[length];
    for (PartialHypothesis path = this; path.length > 0; path = path.parent) {
      tokens[path.length - 1] = path.token;
    }
    return Arrays.asList(tokens);
  }

  /** What it is if it ends here by a choice, which is the end token. */
  Hypothesis finish(Continuations choices, int choice, HypothesisScorer ranking, SearchTask task) {
    return hypothesis(
        score + choices.logProbabilities()[choice],
        rank + choices.ranks()[choice],
        length + 1L,
        Ending.END,
        ranking,
        task);
  }

  /** What it is if it must stop here without an end. */
  Hypothesis cut(Ending why, HypothesisScorer ranking, SearchTask task) {
    return hypothesis(score, rank, length, why, ranking, task);
  }

  private Hypothesis hypothesis(
      double total,
      double ranked,
      long counted,
      Ending why,
      HypothesisScorer ranking,
      SearchTask task) {
    float[][] rows = new float[length][];
    for (PartialHypothesis path = this; path.length > 0; path = path.parent) {
      rows[path.length - 1] = path.attention;
    }
    boolean attended = length > 0 && attention.length > 0;
    float[][] looked = attended ? rows : new float[0][];
    return new Hypothesis(
        tokens(), total, ranking.rank(ranked, counted, looked, task.positions()), why, looked);
  }

  /**
   * Checks the numbers that a step gave for the continuations of this path.
   *
   * @throws IllegalStateException if one is NaN
   */
  void check(float[] logProbabilities) {
    for (float logProbability : logProbabilities) {
      if (Float.isNaN(logProbability)) {
        throw new IllegalStateException(
            ("The model gave NaN for the probability of token %d of a target sequence: its weights"
                    + " have diverged, or the source holds NaN. Use an earlier checkpoint; train"
                    + " with a lower learning rate or with clip_norm.")
                .formatted(length + 1));
      }
    }
  }
}
