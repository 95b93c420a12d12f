package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What greedy and beam search have in common. */
class SearchTest {

  private static SearchConfig config(SearchConfig.Type type) {
    return SearchConfig.beam(2).with("type", type);
  }

  private static Hypothesis best(SearchConfig.Type type, ToyModel model, int maxLength) {
    return ToySteps.run(config(type), model, maxLength, 0).get(0).get(0);
  }

  /** Wants a number of tokens 1, then the end. */
  private static ToyModel wanting(int tokens) {
    return (source, prefix) ->
        prefix.size() < tokens ? ToyModel.logs(0.1, 0.9, 0) : ToyModel.logs(0.9, 0.1, 0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLING") // it may draw another
  void aHypothesisOfTheMaximumLengthMayStillEnd(SearchConfig.Type type) {
    Hypothesis best = best(type, wanting(3), 3);
    assertThat(best.tokens()).containsExactly(1, 1, 1);
    assertThat(best.finished()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aHypothesisThatDoesNotEndIsCutAtTheMaximumLength(SearchConfig.Type type) {
    Hypothesis best = best(type, ToyModel.always(0, 1), 2);
    assertThat(best.tokens()).containsExactly(1, 1);
    assertThat(best.finished()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aMaximumOfZeroLeavesTheEmptySequence(SearchConfig.Type type) {
    assertThat(best(type, wanting(0), 0).finished()).isTrue();
    assertThat(best(type, ToyModel.always(0, 1), 0))
        .usingRecursiveComparison()
        .isEqualTo(new Hypothesis(List.of(), 0, 0, Ending.LENGTH, new float[0][]));
  }

  @ParameterizedTest
  @EnumSource
  void eachSourceHasItsOwnMaximum(SearchConfig.Type type) {
    Search search = Search.of(config(type));
    try (ToySteps steps =
        new ToySteps(ToyModel.always(0, 1), search.hypothesesPerSource(), true, 0, 1)) {
      assertThat(search.search(steps, new int[] {1, 4}, ToyModel.BEGIN, ToyModel.END))
          .extracting(best -> best.get(0).tokens().size())
          .containsExactly(1, 4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNothingCanFollowIsCutThere(SearchConfig.Type type) {
    ToyModel model =
        (source, prefix) -> prefix.isEmpty() ? ToyModel.logs(0, 1) : ToyModel.logs(0, 0);
    Hypothesis best = best(type, model, 5);
    assertThat(best.tokens()).containsExactly(1);
    assertThat(best.score()).isZero();
    assertThat(best.finished()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void nanIsAnError(SearchConfig.Type type) {
    ToyModel model =
        (source, prefix) ->
            prefix.size() < 2 ? ToyModel.logs(0, 1) : ToyModel.logs(Double.NaN, Double.NaN);
    assertThatThrownBy(() -> best(type, model, 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the model gives NaN for the probability of token 3 of a target: its weights have"
                + " diverged, or the source contains NaN. Use an earlier checkpoint; train with a"
                + " lower learning rate or with clip_norm.");
  }

  @ParameterizedTest
  @EnumSource
  void aModelWithoutAttentionGivesNone(SearchConfig.Type type) {
    Search search = Search.of(config(type));
    try (ToySteps steps = new ToySteps(wanting(3), search.hypothesesPerSource(), false, 0)) {
      List<List<Hypothesis>> found =
          search.search(steps, new int[] {5}, ToyModel.BEGIN, ToyModel.END);
      assertThat(found.get(0).get(0).attention()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noSourcesGiveNoResults(SearchConfig.Type type) {
    assertThat(ToySteps.run(config(type), wanting(1), 5)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theStepFunctionIsLeftForItsOwnerToClose(SearchConfig.Type type) {
    Search search = Search.of(config(type));
    try (ToySteps steps = new ToySteps(wanting(1), search.hypothesesPerSource(), true, 0)) {
      search.search(steps, new int[] {5}, ToyModel.BEGIN, ToyModel.END);
      assertThat(steps.closed()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStepFunctionOfAnotherShapeIsRefused(SearchConfig.Type type) {
    Search search = Search.of(config(type));
    try (ToySteps steps = new ToySteps(wanting(1), 7, true, 0)) {
      assertThatThrownBy(() -> search.search(steps, new int[] {5, 5}, 99, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the search needs 2 sources with %d rows each, but the step function has 1 with 7",
              search.hypothesesPerSource());
    }
  }

  @Test
  void aGreedySearchLeavesOutSourcesThatAreDone() {
    ToyModel model =
        (source, prefix) ->
            prefix.size() < source ? ToyModel.logs(0.1, 0.9) : ToyModel.logs(0.9, 0.1);
    try (ToySteps steps = new ToySteps(model, 1, true, 2, 0, 1)) {
      new GreedySearch(HypothesisScorer.BY_SCORE).search(steps, new int[] {9, 9, 9}, 99, 0);
      assertThat(steps.sourcesAtStep).containsExactly(3, 2, 1);
    }
  }
}
