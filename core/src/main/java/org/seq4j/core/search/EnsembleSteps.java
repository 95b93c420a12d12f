package org.seq4j.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the steps of several models, and gives the weighted mean of their probabilities. It takes
 * the probabilities of all symbols from each, whatever a search asks for.
 */
public final class EnsembleSteps implements StepFunction {
  private final List<StepFunction> members;
  private final double[] weights;
  private float[][] attention; // of the last step

  /**
   * Stands before models that have made no step yet; closing it closes them.
   *
   * @param members at least one, all with as many sources, rows and symbols
   * @param weights for each; their sum is 1
   */
  public EnsembleSteps(List<StepFunction> members, double[] weights) {
    this.members = List.copyOf(members);
    this.weights = weights.clone();
  }

  @Override
  public int sources() {
    return members.get(0).sources();
  }

  @Override
  public int hypothesesPerSource() {
    return members.get(0).hypothesesPerSource();
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    float[][] all = all(keep, parents, inputs);
    float[][] asked = new float[all.length][];
    int[][] symbols = new int[all.length][];
    float[][] best = new float[all.length][];
    for (int row = 0; row < all.length; row++) {
      float[] of = all[row];
      symbols[row] = bestOf(of, Math.min(candidates, of.length));
      best[row] = new float[symbols[row].length];
      for (int i = 0; i < best[row].length; i++) {
        best[row][i] = of[symbols[row][i]];
      }
      asked[row] = new float[wanted[row].length];
      for (int i = 0; i < wanted[row].length; i++) {
        asked[row][i] = of[wanted[row][i]];
      }
    }
    return new Candidates(symbols, best, attention, asked);
  }

  /** Extends every row, and gives the log-probabilities of all symbols, {@code [rows][symbols]}. */
  public float[][] all(int[] keep, int[] parents, int[] inputs) {
    double[][] sums = null;
    List<float[][]> looked = new ArrayList<>();
    for (int member = 0; member < members.size(); member++) {
      Candidates given = members.get(member).step(keep, parents, inputs, Integer.MAX_VALUE);
      looked.add(given.attention());
      if (sums == null) {
        sums = new double[inputs.length][given.symbols()[0].length];
      }
      for (int row = 0; row < inputs.length; row++) {
        for (int i = 0; i < sums[row].length; i++) {
          sums[row][given.symbols()[row][i]] +=
              weights[member] * Math.exp(given.logProbabilities()[row][i]);
        }
      }
    }
    attention = mean(looked);
    float[][] logs = new float[inputs.length][];
    for (int row = 0; row < logs.length; row++) {
      logs[row] = new float[sums[row].length];
      for (int symbol = 0; symbol < logs[row].length; symbol++) {
        logs[row][symbol] = (float) Math.log(sums[row][symbol]);
      }
    }
    return logs;
  }

  /** The first one's where they do not have as many positions. */
  private float[][] mean(List<float[][]> looked) {
    float[][] first = looked.get(0);
    float[][] mean = new float[first.length][];
    for (int row = 0; row < mean.length; row++) {
      int of = row;
      int length = first[row].length;
      mean[row] = first[row].clone();
      if (looked.stream().allMatch(one -> one[of].length == length)) {
        for (int i = 0; i < length; i++) {
          double sum = 0;
          for (int member = 0; member < weights.length; member++) {
            sum += weights[member] * looked.get(member)[row][i];
          }
          mean[row][i] = (float) sum;
        }
      }
    }
    return mean;
  }

  /** The symbols with the largest values, the best first, of equals the lower; NaN is largest. */
  private static int[] bestOf(float[] values, int count) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a])) // stable
        .limit(count)
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public void close() {
    members.forEach(StepFunction::close);
  }
}
