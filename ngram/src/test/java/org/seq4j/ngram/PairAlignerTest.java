package org.seq4j.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PairAlignerTest {
  private static final List<PairExample> EXAMPLES =
      List.of(
          example("phone", "F OW N"),
          example("phi", "F AY"),
          example("pen", "P EH N"),
          example("hen", "HH EH N"),
          example("fox", "F AA K S"),
          example("pix", "P IH K S"),
          example("one", "W AH N"));

  private static PairExample example(String source, String target) {
    return new PairExample(List.of(source.split("")), List.of(target.split(" ")));
  }

  private static TokenPair pair(String source, String target) {
    return new TokenPair(
        List.of(source.split("")), target.isEmpty() ? List.of() : List.of(target.split(" ")));
  }

  @Test
  void lettersAndSoundsThatGoTogetherAreAligned() {
    List<List<TokenPair>> aligned =
        PairAligner.align(EXAMPLES, 20).stream().map(it -> it.orElseThrow()).toList();
    assertThat(aligned.get(4)).endsWith(pair("x", "K S"));
    assertThat(aligned.get(1)).containsExactly(pair("ph", "F"), pair("i", "AY"));
  }

  @Test
  void aTargetThatIsTooLongHasNoAlignment() {
    assertThat(PairAligner.align(List.of(example("a", "A B C"), example("a", "A")), 2))
        .satisfiesExactly(none -> assertThat(none).isEmpty(), one -> assertThat(one).isPresent());
  }

  /** The same by enumeration of all alignments. */
  @Test
  void probabilitiesAreThoseOfAllAlignments() {
    Map<TokenPair, Double> probabilities = new HashMap<>();
    for (int iteration = 0; iteration < 3; iteration++) {
      Map<TokenPair, Double> counts = new HashMap<>();
      for (PairExample example : EXAMPLES) {
        Map<List<TokenPair>, Double> weights = new HashMap<>();
        for (List<TokenPair> alignment : alignments(example)) {
          double weight = 1;
          for (TokenPair pair : alignment) {
            weight *= iteration == 0 ? 1e-3 : probabilities.get(pair);
          }
          weights.put(alignment, weight);
        }
        double sum = sum(weights);
        weights.forEach(
            (alignment, weight) ->
                alignment.forEach(pair -> counts.merge(pair, weight / sum, Double::sum)));
      }
      double all = sum(counts);
      counts.forEach((pair, count) -> probabilities.put(pair, count / all));
    }
    PairAligner aligner = PairAligner.estimate(EXAMPLES, 3);
    probabilities.forEach(
        (pair, probability) ->
            assertThat(aligner.probability(pair))
                .as("%s", pair)
                .isCloseTo(probability, within(1e-12)));
  }

  private static double sum(Map<?, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<List<TokenPair>> alignments(PairExample example) {
    List<List<TokenPair>> found = new ArrayList<>();
    extend(example, 0, 0, List.of(), found);
    return found;
  }

  private static void extend(
      PairExample example, int i, int j, List<TokenPair> before, List<List<TokenPair>> found) {
    if (i == example.source().size() && j == example.target().size()) {
      found.add(before);
    }
    for (int[] size : new int[][] {{1, 0}, {1, 1}, {1, 2}, {2, 1}}) {
      int nextI = i + size[0];
      int nextJ = j + size[1];
      if (nextI <= example.source().size() && nextJ <= example.target().size()) {
        List<TokenPair> longer = new ArrayList<>(before);
        longer.add(
            new TokenPair(example.source().subList(i, nextI), example.target().subList(j, nextJ)));
        extend(example, nextI, nextJ, longer, found);
      }
    }
  }
}
