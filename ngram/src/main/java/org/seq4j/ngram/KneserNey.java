package org.seq4j.ngram;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Estimates n-grams with modified Kneser-Ney smoothing, interpolated (Chen and Goodman 1998,
 * sections 4.1 and 4.1.1).
 */
final class KneserNey {
  /** Larger counts have the discount of this one. */
  private static final int LARGEST_DISCOUNTED = 3;

  /** The discount of a count of 1 where there are too few counts to estimate it, as in KenLM. */
  private static final double FALLBACK = 0.5;

  private KneserNey() {}

  /**
   * Estimates a model.
   *
   * @param sequences sequences of numbers from 1; an end is added to each
   * @param order the largest length of an n-gram, at least 1
   * @param tokens number of tokens, the end included; numbers are smaller
   */
  static NgramModel estimate(List<int[]> sequences, int order, int tokens) {
    Counts counts = new Counts(order, tokens);
    sequences.forEach(counts::add);
    Smoothing smoothing = new Smoothing(counts);
    return new NgramModel(
        order,
        counts.children,
        Arrays.copyOf(counts.suffixes, counts.size),
        logs(smoothing.probabilities),
        logs(smoothing.backoffs));
  }

  /**
   * Returns the discounts of counts of 1, 2, and 3 and more (equation 26). If one of them cannot be
   * estimated, as there are too few counts, all are 0.5 for each occurrence; so does {@code lmplz
   * --discount_fallback}.
   *
   * @param seen numbers of n-grams that occur 1, 2, 3 and 4 times, from index 1
   */
  static double[] discounts(double[] seen) {
    double y = seen[1] / (seen[1] + 2 * seen[2]);
    double[] discounts = new double[LARGEST_DISCOUNTED + 1];
    boolean usable = true;
    for (int count = 1; count <= LARGEST_DISCOUNTED; count++) {
      discounts[count] = count - (count + 1) * y * seen[count + 1] / seen[count];
      usable &= discounts[count] > 0 && discounts[count] <= count; // false for NaN, too
    }
    return usable ? discounts : new double[] {0, FALLBACK, 2 * FALLBACK, 3 * FALLBACK};
  }

  private static float[] logs(double[] values) {
    float[] logs = new float[values.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log10(values[i]);
    }
    return logs;
  }

  /** The tree of all n-grams: a node is an n-gram, and its children are longer by one token. */
  private static final class Counts {
    private final int order;
    private final int tokens;
    private final LongIntHashMap children = new LongIntHashMap();
    private int size = 1; // the root
    private int[] suffixes = {NgramModel.NONE};
    private int[] parents = {NgramModel.NONE};
    private int[] lengths = {0};
    private int[] counts = {0};
    private int[] extensions = {0}; // number of different tokens before the n-gram
    private final int begin;

    Counts(int order, int tokens) {
      this.order = order;
      this.tokens = tokens;
      this.begin = node(NgramModel.ROOT, NgramModel.BEGIN, NgramModel.ROOT);
    }

    /** Returns the child of a node; creates it if it is new. */
    private int node(int parent, int token, int suffix) {
      long edge = NgramModel.edge(parent, token);
      int found = children.getOrDefault(edge, NgramModel.NONE);
      if (found != NgramModel.NONE) {
        return found;
      }
      if (size == suffixes.length) {
        int more = size * 2;
        suffixes = Arrays.copyOf(suffixes, more);
        parents = Arrays.copyOf(parents, more);
        lengths = Arrays.copyOf(lengths, more);
        counts = Arrays.copyOf(counts, more);
        extensions = Arrays.copyOf(extensions, more);
      }
      suffixes[size] = suffix;
      parents[size] = parent;
      lengths[size] = lengths[parent] + 1;
      extensions[suffix]++;
      children.put(edge, size);
      return size++;
    }

    /** Counts the n-grams of a sequence. */
    void add(int[] sequence) {
      List<Integer> histories =
          new ArrayList<>(List.of(NgramModel.ROOT, begin)); // the shortest first
      for (int i = 0; i <= sequence.length; i++) {
        int token = i < sequence.length ? sequence[i] : NgramModel.END;
        List<Integer> next = new ArrayList<>(List.of(NgramModel.ROOT));
        for (int history : histories) {
          if (lengths[history] < order) {
            int node = node(history, token, next.get(next.size() - 1));
            counts[node]++;
            next.add(node);
          }
        }
        histories = next;
      }
    }

    /**
     * Returns the count that an n-gram is estimated from: of the longest ones and of those at the
     * beginning, how often they occur; of others, the number of different tokens before them.
     */
    private int effective(int node) {
      return extensions[node] == 0 ? counts[node] : extensions[node];
    }
  }

  /** Computes probabilities from counts. */
  private static final class Smoothing {
    private final double[] probabilities;
    private final double[] backoffs;

    Smoothing(Counts all) {
      double[][] discounts = discounts(all);
      double[] totals = new double[all.size];
      double[] discounted = new double[all.size];
      for (int node = 1; node < all.size; node++) {
        if (node != all.begin) {
          int count = all.effective(node);
          totals[all.parents[node]] += count;
          discounted[all.parents[node]] += discount(discounts[all.lengths[node]], count);
        }
      }
      backoffs = new double[all.size];
      for (int node = 0; node < all.size; node++) {
        backoffs[node] = totals[node] == 0 ? 1 : discounted[node] / totals[node];
      }
      probabilities = new double[all.size];
      for (int length = 1; length <= all.order; length++) {
        for (int node = 1; node < all.size; node++) {
          if (all.lengths[node] == length && node != all.begin) {
            int parent = all.parents[node];
            int count = all.effective(node);
            double shorter = length == 1 ? 1.0 / all.tokens : probabilities[all.suffixes[node]];
            probabilities[node] =
                (count - discount(discounts[length], count)) / totals[parent]
                    + backoffs[parent] * shorter;
          }
        }
      }
    }

    private static double discount(double[] discounts, int count) {
      return discounts[Math.min(count, LARGEST_DISCOUNTED)];
    }

    /** Returns the discounts of counts of 1, 2, and 3 and more, for each length. */
    private static double[][] discounts(Counts all) {
      double[][] seen = new double[all.order + 1][LARGEST_DISCOUNTED + 2];
      for (int node = 1; node < all.size; node++) {
        int count = all.effective(node);
        if (node != all.begin && count <= LARGEST_DISCOUNTED + 1) {
          seen[all.lengths[node]][count]++;
        }
      }
      double[][] discounts = new double[all.order + 1][LARGEST_DISCOUNTED + 1];
      for (int length = 1; length <= all.order; length++) {
        discounts[length] = KneserNey.discounts(seen[length]);
      }
      return discounts;
    }
  }
}
