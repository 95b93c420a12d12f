package org.seq4j.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KneserNeyTest {
  private static final int TOKENS = 7; // with the end
  private static final int ORDER = 3;
  private static final int BEGIN = -1;

  private static List<int[]> sequences() {
    Random random = new Random(3);
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int[] sequence = new int[random.nextInt(8)];
      int token = 1;
      for (int k = 0; k < sequence.length; k++) {
        token = random.nextInt(3) == 0 ? 1 + random.nextInt(TOKENS - 1) : 1 + token % 6;
        sequence[k] = token;
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  @Test
  void probabilitiesSumToOneAfterAnyHistory() {
    NgramModel model = KneserNey.estimate(sequences(), ORDER, TOKENS);
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      int state = model.begin();
      for (int length = random.nextInt(6); length > 0; length--) {
        state = model.next(state, 1 + random.nextInt(TOKENS - 1));
      }
      double sum = 0;
      for (int token = 0; token < TOKENS; token++) {
        sum += Math.exp(model.logProbability(state, token));
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  /** The formulas of Chen and Goodman, computed one by one from lists of n-grams. */
  @Test
  void probabilitiesAreThoseOfTheFormulas() {
    NgramModel model = KneserNey.estimate(sequences(), ORDER, TOKENS);
    Formulas formulas = new Formulas(sequences());
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      List<Integer> history = new ArrayList<>(List.of(BEGIN));
      int state = model.begin();
      for (int length = random.nextInt(5); length > 0; length--) {
        int token = 1 + random.nextInt(TOKENS - 1);
        history.add(token);
        state = model.next(state, token);
      }
      int token = random.nextInt(TOKENS);
      List<Integer> last =
          history.subList(Math.max(0, history.size() - (ORDER - 1)), history.size());
      assertThat(Math.exp(model.logProbability(state, token)))
          .as("%s after %s", token, history)
          .isCloseTo(formulas.probability(last, token), within(1e-6));
    }
  }

  private static final class Formulas {
    private final Map<List<Integer>, Integer> counts = new HashMap<>();

    Formulas(List<int[]> sequences) {
      for (int[] sequence : sequences) {
        List<Integer> all = new ArrayList<>(List.of(BEGIN));
        for (int token : sequence) {
          all.add(token);
        }
        all.add(0);
        for (int length = 1; length <= ORDER; length++) {
          for (int from = 0; from + length <= all.size(); from++) {
            counts.merge(List.copyOf(all.subList(from, from + length)), 1, Integer::sum);
          }
        }
      }
      counts.remove(List.of(BEGIN));
    }

    /** The count of a longest n-gram or of one at the beginning; else the number of histories. */
    private int count(List<Integer> ngram) {
      if (ngram.size() == ORDER || ngram.get(0) == BEGIN) {
        return counts.getOrDefault(ngram, 0);
      }
      Set<Integer> before = new HashSet<>();
      for (List<Integer> longer : counts.keySet()) {
        if (longer.size() == ngram.size() + 1 && longer.subList(1, longer.size()).equals(ngram)) {
          before.add(longer.get(0));
        }
      }
      return before.size();
    }

    private double discount(int length, int count) {
      double[] seen = new double[5];
      for (List<Integer> ngram : counts.keySet()) {
        if (ngram.size() == length && count(ngram) <= 4) {
          seen[count(ngram)]++;
        }
      }
      if (count == 0) {
        return 0;
      }
      int k = Math.min(count, 3);
      double discount = k - (k + 1) * seen[1] / (seen[1] + 2 * seen[2]) * seen[k + 1] / seen[k];
      return discount > 0 && discount < k ? discount : 0.5 * k;
    }

    double probability(List<Integer> history, int token) {
      double shorter =
          history.isEmpty() ? 1.0 / TOKENS : probability(history.subList(1, history.size()), token);
      double total = 0;
      double discounted = 0;
      for (int next = 0; next < TOKENS; next++) {
        int count = count(with(history, next));
        total += count;
        discounted += discount(history.size() + 1, count);
      }
      if (total == 0) {
        return shorter;
      }
      int count = count(with(history, token));
      return (count - discount(history.size() + 1, count) + discounted * shorter) / total;
    }

    private static List<Integer> with(List<Integer> history, int token) {
      List<Integer> ngram = new ArrayList<>(history);
      ngram.add(token);
      return ngram;
    }
  }
}
