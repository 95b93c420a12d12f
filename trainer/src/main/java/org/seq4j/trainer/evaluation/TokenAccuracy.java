package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.seq4j.core.metric.Metric;

/**
 * How well tokens are found that are equally frequent in the training data. A token of an answer is
 * right if it is in what would be right as well, wherever it stands (Neubig et al. 2019,
 * compare-mt).
 *
 * @param from the least number of times that they are in the training targets
 * @param to the largest
 * @param wanted how many of them there are in what would be right
 * @param said how many in the answers
 * @param found how many are in both
 */
public record TokenAccuracy(long from, long to, long wanted, long said, long found) {
  private static final int WIDTH = 10; // an end is so many times the one before

  /**
   * Counts tokens.
   *
   * @param trained how often a token is in the training targets; 0 if it is not known
   * @return a row for each order of magnitude that there is, the least frequent first
   */
  public static List<TokenAccuracy> of(
      List<Metric.Sample> samples, ToLongFunction<String> trained) {
    Map<Long, long[]> counts = new TreeMap<>(); // wanted, said, found by the lower end
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

  /** Of several references the one that shares most tokens with the answer. */
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

  /** The share of what was wanted that was found. */
  public double recall() {
    return wanted == 0 ? 0 : (double) found / wanted;
  }

  /** The share of what was said that was wanted. */
  public double precision() {
    return said == 0 ? 0 : (double) found / said;
  }
}
