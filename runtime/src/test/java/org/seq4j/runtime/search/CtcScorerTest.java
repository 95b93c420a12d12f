package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CTC prefix scores, compared with sums over all alignments. */
class CtcScorerTest {
  private static final int END = 0;
  private static final int[] FIRST = {0};

  /** Random log-probabilities of tokens and a blank, whose logits have a standard deviation. */
  static CtcScorer.Posteriors random(long seed, int outputs, int tokens, double spread) {
    Random random = new Random(seed);
    int classes = tokens + 1;
    float[] values = new float[outputs * classes];
    for (int t = 0; t < outputs; t++) {
      double[] logits = random.doubles(classes).map(x -> spread * (2 * x - 1)).toArray();
      double total = Double.NEGATIVE_INFINITY;
      for (double logit : logits) {
        total = sum(total, logit);
      }
      for (int c = 0; c < classes; c++) {
        values[t * classes + c] = (float) (logits[c] - total);
      }
    }
    return new CtcScorer.Posteriors(values, 0, outputs, classes);
  }

  private static double sum(double a, double b) {
    double more = Math.max(a, b);
    return more == Double.NEGATIVE_INFINITY
        ? more
        : more + Math.log(Math.exp(a - more) + Math.exp(b - more));
  }

  /** The log-likelihood of each target, by adding up all alignments. */
  private static Map<List<Integer>, Double> targets(CtcScorer.Posteriors source) {
    Map<List<Integer>, Double> targets = new HashMap<>();
    int alignments = (int) Math.pow(source.classes(), source.length());
    for (int number = 0; number < alignments; number++) {
      List<Integer> target = new ArrayList<>();
      double score = 0;
      int before = -1;
      int rest = number;
      for (int t = 0; t < source.length(); t++) {
        int label = rest % source.classes();
        rest /= source.classes();
        score += source.values()[t * source.classes() + label];
        if (label != before && label != source.classes() - 1) {
          target.add(label);
        }
        before = label;
      }
      targets.merge(target, score, CtcScorerTest::sum);
    }
    return targets;
  }

  private static double beginningWith(List<Integer> prefix, Map<List<Integer>, Double> targets) {
    return targets.entrySet().stream()
        .filter(it -> it.getKey().size() >= prefix.size())
        .filter(it -> it.getKey().subList(0, prefix.size()).equals(prefix))
        .mapToDouble(Map.Entry::getValue)
        .reduce(Double.NEGATIVE_INFINITY, CtcScorerTest::sum);
  }

  /** The sum of the scores of a prefix, and of the end if it is finished. */
  private static double scored(
      CtcScorer.Posteriors source, List<Integer> prefix, boolean finished) {
    double score = 0;
    try (CtcScorer scorer = new CtcScorer(List.of(source), END)) {
      int[] input = {ToyModel.BEGIN};
      for (int token : prefix) {
        score += scorer.score(FIRST, FIRST, input, new int[][] {{token}})[0][0];
        input = new int[] {token};
      }
      if (finished) {
        score += scorer.score(FIRST, FIRST, input, new int[][] {{END}})[0][0];
      }
    }
    return score;
  }

  private static void assertSame(double found, double expected, Object what) {
    if (expected == Double.NEGATIVE_INFINITY) {
      assertThat(found).as("%s", what).isEqualTo(expected);
    } else {
      assertThat(found).as("%s", what).isCloseTo(expected, within(1e-4 + 1e-6 * -expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 1", "1, 3, 2", "2, 3, 3", "3, 3, 1", "4, 3, 4", "6, 3, 2", "6, 2, 8"})
  void prefixesAndTargetsScoreTheSumOverAllAlignments(int outputs, int tokens, double spread) {
    for (long seed = 0; seed < 3; seed++) {
      CtcScorer.Posteriors source = random(seed, outputs, tokens, spread);
      Map<List<Integer>, Double> targets = targets(source);
      for (List<Integer> prefix : ToyModel.sequences(tokens, 4)) {
        assertSame(scored(source, prefix, false), beginningWith(prefix, targets), prefix);
        if (beginningWith(prefix, targets) > Double.NEGATIVE_INFINITY) {
          assertSame(
              scored(source, prefix, true),
              targets.getOrDefault(prefix, Double.NEGATIVE_INFINITY),
              prefix + " and its end");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 1e4, 1e6})
  void extremeLogitsLoseNothing(double spread) {
    for (long seed = 0; seed < 20; seed++) {
      CtcScorer.Posteriors source = random(seed, 5, 3, spread);
      Map<List<Integer>, Double> targets = targets(source);
      for (List<Integer> prefix : ToyModel.sequences(3, 3)) {
        assertSame(scored(source, prefix, false), beginningWith(prefix, targets), prefix);
      }
    }
  }

  @Test
  void aTargetThatNeedsMoreOutputsIsImpossible() {
    CtcScorer.Posteriors source = random(1, 2, 3, 1);
    assertThat(scored(source, List.of(1, 2), true)).isFinite();
    assertThat(scored(source, List.of(1, 1), false)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scored(source, List.of(1, 2, 1), false)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void withoutOutputsOnlyTheEmptyTargetIsPossible() {
    CtcScorer.Posteriors none = random(1, 0, 3, 1);
    assertThat(scored(none, List.of(), true)).isZero();
    assertThat(scored(none, List.of(1), false)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void rowsAreReorderedByParentsAndSourcesDropped() {
    List<CtcScorer.Posteriors> sources = List.of(random(1, 4, 3, 2), random(2, 6, 3, 2));
    int[][] both =
        IntStream.range(0, 4).mapToObj(row -> new int[] {1, 2, END}).toArray(int[][]::new);
    try (CtcScorer scorer = new CtcScorer(sources, END)) {
      int begin = ToyModel.BEGIN;
      scorer.score(
          new int[] {0, 1}, new int[] {0, 1, 2, 3}, new int[] {begin, begin, begin, begin}, both);
      scorer.score(new int[] {0, 1}, new int[] {0, 0, 3, 2}, new int[] {1, 2, 2, 1}, both);
      // the second source goes on: its rows now are (2) (1), which swap, and both add a 1
      float[][] found =
          scorer.score(
              new int[] {1}, new int[] {3, 2}, new int[] {1, 1}, new int[][] {{2, END}, {2, END}});
      List<List<Integer>> prefixes = List.of(List.of(1, 1), List.of(2, 1));
      for (int row = 0; row < 2; row++) {
        double before = scored(sources.get(1), prefixes.get(row), false);
        List<Integer> longer = new ArrayList<>(prefixes.get(row));
        longer.add(2);
        assertSame(before + found[row][0], scored(sources.get(1), longer, false), longer);
        assertSame(
            before + found[row][1], scored(sources.get(1), prefixes.get(row), true), "the end");
      }
    }
  }

  @Test
  void aNanIsNotHidden() {
    float[] values = random(1, 3, 3, 1).values();
    values[5] = Float.NaN;
    CtcScorer.Posteriors source = new CtcScorer.Posteriors(values, 0, 3, 4);
    assertThat(scored(source, List.of(1), false)).isNaN();
  }
}
