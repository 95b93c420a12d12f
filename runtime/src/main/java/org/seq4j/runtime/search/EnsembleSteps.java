package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs the steps of several models and computes the weighted mean of their probabilities. It
 * requests the probabilities of all tokens from each model.
 */
public final class EnsembleSteps implements StepFunction {
  private final List<StepFunction> members;
  private final int[] tokens; // all tokens of the vocabulary
  private final double[] weights;
  private float[][] attention; // of the last step

  /**
   * Creates a step function; closing it closes the members.
   *
   * @param members step functions without steps so far, at least one, with equal numbers of
   *     sources, rows and tokens
   * @param vocabulary number of tokens
   * @param weights a weight for each member; their sum is 1
   */
  public EnsembleSteps(List<StepFunction> members, int vocabulary, double[] weights) {
    this.members = List.copyOf(members);
    this.tokens = IntStream.range(0, vocabulary).toArray();
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
    int[][] tokens = new int[all.length][];
    float[][] best = new float[all.length][];
    float[][] asked = new float[all.length][];
    for (int row = 0; row < all.length; row++) {
      tokens[row] = bestOf(all[row], Math.min(candidates, this.tokens.length));
      best[row] = of(all[row], tokens[row]);
      asked[row] = of(all[row], wanted[row]);
    }
    return new Candidates(tokens, best, attention, asked);
  }

  static float[] of(float[] all, int[] tokens) {
    float[] some = new float[tokens.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[tokens[i]];
    }
    return some;
  }

  /** Extends every row; returns the log-probabilities of all tokens, {@code [rows][tokens]}. */
  float[][] all(int[] keep, int[] parents, int[] inputs) {
    double[][] sums = new double[inputs.length][tokens.length];
    int[][] asked = new int[inputs.length][];
    Arrays.fill(asked, tokens);
    List<float[][]> looked = new ArrayList<>();
    for (int member = 0; member < members.size(); member++) {
      Candidates given = members.get(member).step(keep, parents, inputs, 1, asked);
      looked.add(given.attention());
      for (int row = 0; row < sums.length; row++) {
        float[] logs = given.wanted()[row];
        for (int token = 0; token < logs.length; token++) {
          sums[row][token] += weights[member] * Math.exp(logs[token]);
        }
      }
    }
    attention = mean(looked);
    float[][] logs = new float[inputs.length][];
    for (int row = 0; row < logs.length; row++) {
      logs[row] = new float[sums[row].length];
      for (int token = 0; token < logs[row].length; token++) {
        logs[row][token] = (float) Math.log(sums[row][token]);
      }
    }
    return logs;
  }

  /**
   * Computes the mean of attention weights; returns those of the first model if the numbers of
   * positions differ.
   */
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

  /**
   * Returns the tokens with the largest values, best first; of equal ones, the lower first. NaN is
   * largest.
   */
  static int[] bestOf(float[] values, int count) {
    int[] best = new int[count];
    int found = 0;
    for (int token = 0; token < values.length; token++) {
      int place = found;
      while (place > 0 && Float.compare(values[best[place - 1]], values[token]) < 0) {
        place--;
      }
      if (place < count) {
        found = Math.min(found + 1, count);
        System.arraycopy(best, place, best, place + 1, found - place - 1);
        best[place] = token;
      }
    }
    return best;
  }

  @Override
  public void close() {
    members.forEach(StepFunction::close);
  }
}
