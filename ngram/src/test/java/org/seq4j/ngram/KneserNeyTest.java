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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /**
   * A corpus, and the model that KenLM's lmplz (order 2) prints for it:
   * https://github.com/kpu/kenlm/issues/405, comment of September 2026. The comment also finds that
   * lmplz counts the last word, {@code ski}, as one that follows two others instead of one. This
   * changes its discounts of 1-grams, but nothing else.
   */
  private static final class Lmplz {
    private static final List<String> WORDS =
        List.of("</s>", "I", "went", "to", "go", "You", "Joe", "Anna", "ski", "<unk>");

    private static final String CORPUS =
        """
        I went to
        I go to
        You went to
        You go to
        Joe went to
        Joe go to
        Anna went ski
        Anna went ski
        """;

    static int number(String word) {
      return word.equals("<s>") ? NgramModel.BEGIN : WORDS.indexOf(word);
    }

    static NgramModel model() {
      List<int[]> sequences =
          CORPUS
              .lines()
              .map(line -> List.of(line.split(" ")).stream().mapToInt(Lmplz::number).toArray())
              .toList();
      return KneserNey.estimate(sequences, 2, WORDS.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<s>, -0.059768215",
    "I, -0.5228788",
    "went, -0.022929981",
    "to, -0.30103",
    "go, 0",
    "You, -0.5228788",
    "Joe, -0.5228788",
    "Anna, -0.059768215",
    "ski, -0.059768215"
  })
  void backoffsAreThoseThatLmplzPrints(String word, float printed) {
    NgramModel model = Lmplz.model();
    int ngram = model.children().get(NgramModel.edge(NgramModel.ROOT, Lmplz.number(word)));
    assertThat(model.logBackoff(ngram)).isCloseTo(printed, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "to, </s>, -0.26962152, -0.30103, -1.1249387",
    "ski, </s>, -0.7123581, -0.059768215, -1.1249387",
    "<s>, I, -0.9649993, -0.059768215, -1.0579919",
    "I, went, -0.383262, -0.5228788, -0.6726411",
    "You, went, -0.383262, -0.5228788, -0.6726411",
    "Joe, went, -0.383262, -0.5228788, -0.6726411"
  })
  void whatRemainsOfABigramWithoutTheShorterOneIsThatOfLmplz(
      String history, String word, double printed, double backoff, double shorter) {
    NgramModel model = Lmplz.model();
    int state = model.children().get(NgramModel.edge(NgramModel.ROOT, Lmplz.number(history)));
    double found = Math.exp(model.logProbability(state, Lmplz.number(word)));
    double ofShorter =
        Math.pow(10, model.logBackoff(state))
            * Math.exp(model.logProbability(NgramModel.ROOT, Lmplz.number(word)));
    assertThat(found - ofShorter)
        .isCloseTo(Math.pow(10, printed) - Math.pow(10, backoff + shorter), within(1e-6));
  }

  /** With its numbers of 1-grams, one of which is wrong: 4 and 3 instead of 5 and 2. */
  @ParameterizedTest
  @CsvSource({
    "</s>, 2, -1.1249387",
    "I, 1, -1.0579919",
    "went, 4, -0.6726411",
    "to, 2, -1.1249387",
    "go, 3, -0.82390875",
    "ski, 1, -1.0579919",
    "<unk>, 0, -1.30103"
  })
  void wordsHaveTheProbabilitiesThatLmplzPrints(String word, int histories, double printed) {
    double[] discounts = KneserNey.discounts(new double[] {0, 4, 3, 1, 1});
    double total = 16; // different bigrams
    double backoff = (5 * discounts[1] + 2 * discounts[2] + 2 * discounts[3]) / total;
    double expected =
        (histories - discounts[Math.min(histories, 3)]) / total + backoff / Lmplz.WORDS.size();
    assertThat(Math.log10(expected)).isCloseTo(printed, within(1e-6));

    double[] right = KneserNey.discounts(new double[] {0, 5, 2, 1, 1});
    double rightBackoff = (5 * right[1] + 2 * right[2] + 2 * right[3]) / total;
    // a word that was never seen is not in the file, but has the weight of an empty history
    NgramModel model = Lmplz.model();
    if (histories > 0) {
      assertThat(Math.exp(model.logProbability(NgramModel.ROOT, Lmplz.number(word))))
          .isCloseTo(
              (histories - right[Math.min(histories, 3)]) / total
                  + rightBackoff / Lmplz.WORDS.size(),
              within(1e-6));
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
      int most = Math.min(count, 3);
      double[] discounts = new double[4];
      for (int k = 1; k <= 3; k++) {
        discounts[k] = k - (k + 1) * seen[1] / (seen[1] + 2 * seen[2]) * seen[k + 1] / seen[k];
        if (!(discounts[k] > 0 && discounts[k] <= k)) {
          return 0.5 * most;
        }
      }
      return discounts[most];
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
