package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.seq4j.core.metric.Metric;

/**
 * The accuracy of tokens in a range of training frequencies. A token of an answer is correct if the
 * reference contains it at any position (Neubig et al. 2019, compare-mt).
 *
 * @param from the min frequency in the training targets
 * @param to the max frequency in the training targets
 * @param wanted the number of these tokens in the references
 * @param said the number of these tokens in the hypotheses
 * @param found the number of these tokens in both
 */
public record TokenAccuracy(long from, long to, long wanted, long said, long found) {
  private static final int WIDTH = 10; // ratio of successive bounds

  /**
   * Counts tokens.
   *
   * @param trained returns the frequency of a token in the training targets; 0 if it is unknown
   * @return a row for each order of magnitude that occurs, the least frequent first
   */
  public static List<TokenAccuracy> of(
      List<Metric.Sample> samples, ToLongFunction<String> trained) {
    Map<Long, long[]> counts = new TreeMap<>(); // wanted, said, found by the lower bound
    for (Metric.Sample sample : samples) {
      Map<String, Integer> said = counts(sample.hypothesis().tokens());
      Map<String, Integer> wanted = nearest(said, sample.references());
      said.forEach(
          (token, count) -> {
            long[] row = row(counts, trained.applyAsLong(token));
            row[1] += count;
            row[2] += Math.min(count, wanted.getOrDefault(token, 0));
          });
      wanted.forEach((token, count) -> row(counts, trained.applyAsLong(token))[0] += count);
    }
    List<TokenAccuracy> rows = new ArrayList<>();
    counts.forEach(
        (from, row) ->
            rows.add(
                new TokenAccuracy(from, from == 0 ? 0 : from * WIDTH - 1, row[0], row[1], row[2])));
    return rows;
  }

  /**
   * Returns the token counts of the reference that shares the largest part of its tokens with the
   * answer.
   */
  private static Map<String, Integer> nearest(
      Map<String, Integer> said, List<Metric.Text> references) {
    Map<String, Integer> best = Map.of();
    double most = -1;
    for (Metric.Text reference : references) {
      Map<String, Integer> wanted = counts(reference.tokens());
      int shared = 0;
      for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
        shared += Math.min(entry.getValue(), said.getOrDefault(entry.getKey(), 0));
      }
      double share = (double) shared / Math.max(1, reference.tokens().size());
      if (share > most) {
        most = share;
        best = wanted;
      }
    }
    return best;
  }

  private static Map<String, Integer> counts(List<String> tokens) {
    Map<String, Integer> counts = new HashMap<>();
    tokens.forEach(token -> counts.merge(token, 1, Integer::sum));
    return counts;
  }

  private static long[] row(Map<Long, long[]> counts, long frequency) {
    long from = frequency == 0 ? 0 : 1;
    while (from > 0 && frequency >= from * WIDTH) {
      from *= WIDTH;
    }
    return counts.computeIfAbsent(from, any -> new long[3]);
  }

  /** Returns the share of the references' tokens that the answers contain. */
  public double recall() {
    return wanted == 0 ? 0 : (double) found / wanted;
  }

  /** Returns the share of the hypotheses' tokens that the references contain. */
  public double precision() {
    return said == 0 ? 0 : (double) found / said;
  }
}
