package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forced alignment by CTC, compared with the best of all alignments. */
class CtcAlignmentTest {

  /** A label for each output, and the log-probability of all. */
  private record Labels(int[] labels, double score) {}

  /** The best alignment of each target, by trying all. */
  private static Map<List<Integer>, Labels> best(CtcScorer.Posteriors source) {
    Map<List<Integer>, Labels> best = new HashMap<>();
    int alignments = (int) Math.pow(source.classes(), source.length());
    for (int number = 0; number < alignments; number++) {
      List<Integer> target = new ArrayList<>();
      int[] labels = new int[source.length()];
      double score = 0;
      int rest = number;
      for (int t = 0; t < labels.length; t++) {
        labels[t] = rest % source.classes();
        rest /= source.classes();
        score += source.values()[t * source.classes() + labels[t]];
        if (labels[t] != source.classes() - 1 && (t == 0 || labels[t] != labels[t - 1])) {
          target.add(labels[t]);
        }
      }
      best.merge(target, new Labels(labels, score), (a, b) -> a.score() >= b.score() ? a : b);
    }
    return best;
  }

  /** The label of each output in an alignment. */
  private static int[] labels(CtcAlignment alignment, int[] tokens, int outputs, int blank) {
    int[] labels = new int[outputs];
    Arrays.fill(labels, blank);
    for (int i = 0; i < tokens.length; i++) {
      Arrays.fill(labels, alignment.start(i), alignment.end(i), tokens[i]);
    }
    return labels;
  }

  private static int[] ids(List<Integer> target) {
    return target.stream().mapToInt(id -> id).toArray();
  }

  /** All targets of up to a length. */
  private static List<List<Integer>> targets(int tokens, int maxLength) {
    return ToyModel.sequences(tokens + 1, maxLength).stream()
        .map(ids -> ids.stream().map(id -> id - 1).toList())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 3", "3, 3, 1", "4, 3, 4", "5, 2, 0.1", "6, 3, 2", "6, 2, 8"})
  void itIsTheBestOfAllAlignments(int outputs, int tokens, double spread) {
    for (long seed = 0; seed < 3; seed++) {
      CtcScorer.Posteriors source = CtcScorerTest.random(seed, outputs, tokens, spread);
      Map<List<Integer>, Labels> best = best(source);
      for (List<Integer> target : targets(tokens, outputs + 1)) {
        int[] ids = ids(target);
        if (!best.containsKey(target)) {
          assertThat(CtcAlignment.of(List.of(source), ids)).as("%s", target).isEmpty();
          assertThat(CtcAlignment.needed(ids)).isGreaterThan(outputs);
          continue;
        }
        CtcAlignment found = CtcAlignment.of(List.of(source), ids).orElseThrow();
        assertThat(found.score()).isCloseTo(best.get(target).score(), within(1e-5));
        assertThat(labels(found, ids, outputs, tokens))
            .as("%s", target)
            .isEqualTo(best.get(target).labels());
      }
    }
  }

  @Test
  void theScoresOfTokensAndTheBlanksBetweenAddUp() {
    CtcScorer.Posteriors source = CtcScorerTest.random(5, 9, 4, 2);
    int[] tokens = {1, 1, 3};
    CtcAlignment found = CtcAlignment.of(List.of(source), tokens).orElseThrow();
    int[] labels = labels(found, tokens, 9, 4);
    for (int first = 0; first < 3; first++) {
      for (int last = first; last < 3; last++) {
        double sum = 0;
        for (int t = found.start(first); t < found.end(last); t++) {
          sum += source.of(t, labels[t]);
        }
        assertThat(found.score(first, last)).isCloseTo(sum, within(1e-9));
      }
    }
  }

  @Test
  void partsAreAlignedAsOneSound() {
    CtcScorer.Posteriors whole = CtcScorerTest.random(2, 40, 5, 3);
    List<CtcScorer.Posteriors> parts =
        List.of(
            new CtcScorer.Posteriors(whole.values(), 0, 13, 6),
            new CtcScorer.Posteriors(whole.values(), 13 * 6, 0, 6),
            new CtcScorer.Posteriors(whole.values(), 13 * 6, 27, 6));
    int[] tokens = new Random(1).ints(15, 0, 5).toArray();
    CtcAlignment found = CtcAlignment.of(parts, tokens).orElseThrow();
    CtcAlignment expected = CtcAlignment.of(List.of(whole), tokens).orElseThrow();
    assertThat(labels(found, tokens, 40, 5)).isEqualTo(labels(expected, tokens, 40, 5));
    assertThat(found.score()).isEqualTo(expected.score());
  }

  @Test
  void aTokenOfProbabilityZeroIsAlignedWhereItMustBe() {
    float never = Float.NEGATIVE_INFINITY;
    float[] values = {-1, never, -0.5f, -2, never, -0.4f, -1, never, -0.5f};
    CtcAlignment found =
        CtcAlignment.of(List.of(new CtcScorer.Posteriors(values, 0, 3, 3)), 0, 1, 0).orElseThrow();
    assertThat(labels(found, new int[] {0, 1, 0}, 3, 2)).containsExactly(0, 1, 0);
  }

  @Test
  void anEmptyTextIsABlankAtEachOutput() {
    CtcScorer.Posteriors source = CtcScorerTest.random(1, 4, 2, 1);
    double blanks = 0;
    for (int t = 0; t < 4; t++) {
      blanks += source.blank(t);
    }
    assertThat(CtcAlignment.of(List.of(source)).orElseThrow().score())
        .isCloseTo(blanks, within(1e-9));
    assertThat(CtcAlignment.of(List.of()).orElseThrow().score()).isZero();
    assertThat(CtcAlignment.of(List.of(), 1)).isEmpty();
  }

  @Test
  void aNanIsNotHidden() {
    float[] values = CtcScorerTest.random(1, 3, 2, 1).values();
    values[4] = Float.NaN;
    List<CtcScorer.Posteriors> source = List.of(new CtcScorer.Posteriors(values, 0, 3, 3));
    assertThatThrownBy(() -> CtcAlignment.of(source, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the model gives NaN for a probability of CTC");
  }

  /** A step back for each state of each output would be 48 MB; that of an hour, 20 GB. */
  @Test
  void theMemoryIsThatOfAFewOutputs() {
    int outputs = 8_000;
    int[] tokens = new Random(1).ints(3_000, 0, 3).toArray();
    List<CtcScorer.Posteriors> source = List.of(CtcScorerTest.random(3, outputs, 3, 2));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    CtcAlignment found = CtcAlignment.of(source, tokens).orElseThrow();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(12_000_000);
    int end = 0;
    for (int i = 0; i < tokens.length; i++) {
      assertThat(found.start(i)).isBetween(end, found.end(i) - 1);
      end = found.end(i);
    }
    assertThat(end).isLessThanOrEqualTo(outputs);
  }
}
