package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A hypothesis while it grows: its last token and the hypothesis that it extends. Immutable. */
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

  /** Returns this hypothesis extended by a continuation. */
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

  /** The sum of the log-probabilities of the tokens. */
  double score() {
    return score;
  }

  /** The sum of the log-probabilities after rules. */
  double rank() {
    return rank;
  }

  /** The number of tokens. */
  int length() {
    return length;
  }

  /** The tokens. */
  List<Integer> tokens() {
    Integer[] tokens = new Integer[length];
    for (PartialHypothesis path = this; path.length > 0; path = path.parent) {
      tokens[path.length - 1] = path.token;
    }
    return Arrays.asList(tokens);
  }

  /** Returns the finished hypothesis, ended by a continuation that is the end token. */
  Hypothesis finish(Continuations choices, int choice, HypothesisScorer ranking, SearchTask task) {
    return hypothesis(
        score + choices.logProbabilities()[choice],
        rank + choices.ranks()[choice],
        length + 1L,
        Ending.END,
        ranking,
        task);
  }

  /** Returns the unfinished hypothesis, cut for a reason. */
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
   * Checks the log-probabilities of the continuations of this hypothesis.
   *
   * @throws IllegalStateException if one is NaN
   */
  void check(float[] logProbabilities) {
    for (float logProbability : logProbabilities) {
      if (Float.isNaN(logProbability)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "the model gives NaN for the probability of token %d of a target: its"
                    + " weights have diverged, or the source contains NaN. Use an earlier"
                    + " checkpoint; train with a lower learning rate or with clip_norm.",
                length + 1));
      }
    }
  }
}
