package org.seq4j.runtime.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The continuations of one hypothesis, best first; of equal ones, the lower token first.
 *
 * @param tokens token ids
 * @param logProbabilities log-probabilities of the model
 * @param ranks values that order the continuations
 */
record Continuations(int[] tokens, float[] logProbabilities, double[] ranks) {

  /** A continuation, for sorting. */
  private record One(int token, float logProbability, double rank) {}

  int size() {
    return tokens.length;
  }

  /**
   * Creates continuations from the candidates of a step, after rules.
   *
   * @param given result of the step
   * @param row index of the row
   * @param next changes made by rules; null if there are none
   * @param wanted other tokens that were requested
   */
  static Continuations of(
      StepFunction.Candidates given, int row, AdjustedTokens next, int[] wanted) {
    int[] tokens = given.tokens()[row];
    float[] logProbabilities = given.logProbabilities()[row];
    if (next == null) {
      double[] ranks = new double[tokens.length];
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] = logProbabilities[i];
      }
      return new Continuations(tokens, logProbabilities, ranks);
    }
    Map<Integer, Float> all = new LinkedHashMap<>();
    if (!next.isLimited()) {
      for (int i = 0; i < tokens.length; i++) {
        all.put(tokens[i], logProbabilities[i]);
      }
    }
    for (int i = 0; i < next.wanted().size(); i++) {
      all.put(wanted[i], given.wanted()[row][i]);
    }
    return sorted(
        all.entrySet().stream()
            .map(
                entry ->
                    new One(
                        entry.getKey(),
                        entry.getValue(),
                        next.rank(entry.getKey(), entry.getValue())))
            .toList());
  }

  /** Returns a copy with a penalty for each time that other groups took a token. */
  Continuations unlike(Map<Integer, Integer> said, double strength) {
    if (said.isEmpty()) {
      return this;
    }
    One[] all = new One[size()];
    for (int i = 0; i < all.length; i++) {
      double penalty = strength * said.getOrDefault(tokens[i], 0);
      all[i] = new One(tokens[i], logProbabilities[i], ranks[i] - penalty);
    }
    return sorted(List.of(all));
  }

  private static Continuations sorted(List<One> all) {
    List<One> best =
        all.stream()
            .sorted(
                Comparator.comparingDouble((One one) -> -one.rank()).thenComparingInt(One::token))
            .toList();
    Continuations choices =
        new Continuations(new int[best.size()], new float[best.size()], new double[best.size()]);
    for (int i = 0; i < best.size(); i++) {
      choices.tokens[i] = best.get(i).token();
      choices.logProbabilities[i] = best.get(i).logProbability();
      choices.ranks[i] = best.get(i).rank();
    }
    return choices;
  }
}
