package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A language model small enough to enumerate. Its ids are 0 for the end, then the tokens. */
@FunctionalInterface
interface ToyModel {
  int END = 0;
  int BEGIN = 99;

  /** Log-probabilities of what follows a prefix of a source's target, {@code [V]}. */
  float[] next(int source, List<Integer> prefix);

  /** A random distribution for each source and prefix, always the same for the same seed. */
  static ToyModel random(long seed, int vocabulary) {
    return (source, prefix) -> {
      Random random = new Random(31 * (31 * seed + source) + prefix.hashCode());
      double[] weights = new double[vocabulary];
      double sum = 0;
      for (int i = 0; i < vocabulary; i++) {
        weights[i] = Math.exp(2 * random.nextGaussian());
        sum += weights[i];
      }
      float[] logProbabilities = new float[vocabulary];
      for (int i = 0; i < vocabulary; i++) {
        logProbabilities[i] = (float) Math.log(weights[i] / sum);
      }
      return logProbabilities;
    };
  }

  /** The same distribution after every prefix. */
  static ToyModel always(double... probabilities) {
    return (source, prefix) -> logs(probabilities);
  }

  /** The natural logarithms of probabilities, NaN included. */
  static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]);
    }
    return logs;
  }

  /** The log-probability of a sequence; of its end, too, if finished. */
  default double score(int source, List<Integer> tokens, boolean finished) {
    double score = 0;
    for (int i = 0; i < tokens.size(); i++) {
      score += next(source, tokens.subList(0, i))[tokens.get(i)];
    }
    return finished ? score + next(source, tokens)[END] : score;
  }

  /** Where the toy looks after a prefix: a row that tells prefixes apart. */
  static float[] attention(List<Integer> prefix) {
    return new float[] {prefix.size(), prefix.hashCode() % 1000};
  }

  /** All sequences of up to a length, unordered. */
  static List<List<Integer>> sequences(int vocabulary, int maxLength) {
    List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).size() < maxLength) {
        for (int token = 1; token < vocabulary; token++) {
          List<Integer> longer = new ArrayList<>(all.get(i));
          longer.add(token);
          all.add(longer);
        }
      }
    }
    return all;
  }
}
