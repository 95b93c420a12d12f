package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTraceRecorderTest {
  private static final int SIZE = 3;
  private static final int MAX_LENGTH = 5;

  private record Recorded(List<SearchTraceRecorder.Node> nodes, List<Hypothesis> found) {

    List<Integer> tokens(int node) {
      List<Integer> tokens = new ArrayList<>();
      for (int at = node; at != SearchTraceRecorder.ROOT; at = nodes.get(at).parent()) {
        tokens.add(0, nodes.get(at).token());
      }
      return tokens;
    }

    List<List<Integer>> all() {
      List<List<Integer>> all = new ArrayList<>();
      for (int node = 0; node < nodes.size(); node++) {
        all.add(tokens(node));
      }
      return all;
    }
  }

  private static Recorded record(ToyModel model, int source) {
    try (SearchTraceRecorder recorder =
        new SearchTraceRecorder(new ToySteps(model, SIZE, true, source))) {
      List<Hypothesis> found =
          new BeamSearch(SIZE, SIZE, HypothesisScorer.BY_SCORE)
              .search(recorder, new int[] {MAX_LENGTH}, ToyModel.BEGIN, ToyModel.END)
              .get(0);
      return new Recorded(recorder.nodes(), found);
    }
  }

  @Test
  void everyHypothesisThatWasExtendedIsThereOnceWithItsScore() {
    for (int seed = 0; seed < 100; seed++) {
      ToyModel model = ToyModel.random(seed, 2 + seed % 4);
      Recorded recorded = record(model, seed);
      List<List<Integer>> all = recorded.all();
      assertThat(all).as("seed %d", seed).doesNotHaveDuplicates();
      for (int node = 0; node < all.size(); node++) {
        assertThat(recorded.nodes().get(node).score())
            .isCloseTo(model.score(seed, all.get(node), false), within(1e-9));
        assertThat(recorded.nodes().get(node).parent()).isLessThan(node);
      }
      // At no length is more extended than the beam holds.
      for (int length = 1; length <= MAX_LENGTH; length++) {
        int of = length;
        assertThat(all.stream().filter(tokens -> tokens.size() == of).count())
            .isLessThanOrEqualTo(SIZE);
      }
      for (Hypothesis hypothesis : recorded.found()) {
        for (int length = 1; length <= hypothesis.tokens().size(); length++) {
          assertThat(all).contains(hypothesis.tokens().subList(0, length));
        }
      }
    }
  }

  @Test
  void theSearchFindsTheSame() {
    ToyModel model = ToyModel.random(3, 4);
    SearchConfig beam = SearchConfig.beam(SIZE).withNBest(SIZE);
    assertThat(record(model, 3).found())
        .usingRecursiveComparison()
        .isEqualTo(ToySteps.run(beam, model, MAX_LENGTH, 3).get(0));
  }

  @Test
  void onlyOneSourceCanBeNoted() {
    assertThatThrownBy(
            () -> new SearchTraceRecorder(new ToySteps(ToyModel.random(1, 3), SIZE, true, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not over 2");
  }
}
