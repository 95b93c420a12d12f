package org.seq4j.ngram;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The sum of the probabilities of all alignments of a source and a target, by the forward
 * algorithm: a cell is a number of source tokens and a number of target tokens, and has the states
 * of the n-gram model after them.
 *
 * @param model n-grams of pairs
 * @param pairs returns the pairs of a part of a source
 * @param unknown logarithm of the probability of a pair that the model does not have, and of a
 *     target token without a source token; negative infinity if there are no such pairs
 */
record AlignmentSum(
    NgramModel model, Function<List<String>, List<JointNgram.Numbered>> pairs, double unknown) {
  /** The largest number of states of a cell; only long and very ambiguous sources have more. */
  private static final int STATES = 200;

  /** The numbers of source and target tokens of a pair that the model does not have. */
  private static final int[][] UNKNOWN_SIZES = {{1, 0}, {0, 1}, {1, 1}};

  /** Returns the logarithm of the sum; negative infinity if there is no alignment. */
  double of(List<String> source, List<String> target) {
    Cells cells = new Cells(target.size());
    cells.add(0, 0, model.begin(), 0);
    List<Map.Entry<Integer, Double>> states = List.of();
    for (int i = 0; i <= source.size(); i++) {
      for (int j = 0; j <= target.size(); j++) {
        states = best(cells.at(i, j));
        for (Map.Entry<Integer, Double> state : states) {
          extend(cells, source, target, i, j, state);
        }
      }
    }
    double sum = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Integer, Double> state : states) { // of the last cell
      double end = model.logProbability(state.getKey(), NgramModel.END);
      sum = JointNgram.logSum(sum, state.getValue() + end);
    }
    return sum;
  }

  private static List<Map.Entry<Integer, Double>> best(Map<Integer, Double> states) {
    return states.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(STATES)
        .toList();
  }

  private void extend(
      Cells cells,
      List<String> source,
      List<String> target,
      int i,
      int j,
      Map.Entry<Integer, Double> from) {
    int most = Math.min(JointNgram.MAX_SOURCE_TOKENS, source.size() - i);
    for (int length = 1; length <= most; length++) {
      for (JointNgram.Numbered pair : pairs.apply(source.subList(i, i + length))) {
        int end = j + pair.pair().target().size();
        if (end <= target.size() && target.subList(j, end).equals(pair.pair().target())) {
          cells.add(
              i + length,
              end,
              model.next(from.getKey(), pair.number()),
              from.getValue() + model.logProbability(from.getKey(), pair.number()));
        }
      }
    }
    if (unknown > Double.NEGATIVE_INFINITY) {
      for (int[] size : UNKNOWN_SIZES) {
        if (i + size[0] <= source.size() && j + size[1] <= target.size()) {
          cells.add(i + size[0], j + size[1], NgramModel.ROOT, from.getValue() + unknown);
        }
      }
    }
  }

  /** The states of each cell, with the logarithms of their probabilities. */
  private static final class Cells {
    private final int width;
    private final Map<Integer, Map<Integer, Double>> cells = new LinkedHashMap<>();

    Cells(int targetTokens) {
      this.width = targetTokens + 1;
    }

    void add(int i, int j, int state, double score) {
      cells
          .computeIfAbsent(i * width + j, key -> new LinkedHashMap<>()) // an order for ties
          .merge(state, score, JointNgram::logSum);
    }

    /** Returns the states of a cell, and forgets them. */
    Map<Integer, Double> at(int i, int j) {
      Map<Integer, Double> states = cells.remove(i * width + j);
      return states == null ? Map.of() : states;
    }
  }
}
