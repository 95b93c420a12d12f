package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {
  private static final int VOCABULARY = 4;

  private static SearchConfig beam(int size, double alpha, int nBest) {
    return SearchConfig.beam(size).with("ranking.length_penalty", alpha).with("n_best", nBest);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 10", "0.6, 1", "0.6, 10", "1, 1", "1, 3", "3, 1", "3, 10"})
  void aBeamAsWideAsTheModelFindsWhatEnumerationFinds(double alpha, int nBest) {
    int maxLength = 3;
    int wide = 81; // 3^4, every sequence of one token more than the longest
    HypothesisScorer penalty =
        new HypothesisScorer(SearchConfig.LengthNormalization.GNMT, alpha, 0, 0);
    for (int seed = 0; seed < 40; seed++) {
      ToyModel model = ToyModel.random(seed, VOCABULARY);
      Comparator<List<Integer>> byRank =
          Comparator.comparingDouble(s -> penalty.byLength(model.score(7, s, true), s.size() + 1L));
      List<List<Integer>> expected =
          ToyModel.sequences(VOCABULARY, maxLength).stream()
              .sorted(byRank.reversed())
              .limit(nBest)
              .toList();
      List<Hypothesis> found = ToySteps.run(beam(wide, alpha, nBest), model, maxLength, 7).get(0);
      assertThat(found).as("seed %d", seed).extracting(Hypothesis::tokens).isEqualTo(expected);
      assertThat(found).allMatch(Hypothesis::finished);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.8})
  void hypothesesAreDifferentSortedAndScoredByTheModel(double alpha) {
    for (int seed = 0; seed < 100; seed++) {
      ToyModel model = ToyModel.random(seed, VOCABULARY);
      List<Hypothesis> found = ToySteps.run(beam(4, alpha, 4), model, 3, seed).get(0);
      assertThat(found).extracting(Hypothesis::tokens).doesNotHaveDuplicates();
      assertThat(found)
          .isSortedAccordingTo(
              Comparator.comparing(Hypothesis::finished)
                  .thenComparing(Hypothesis::rankScore)
                  .reversed());
      for (Hypothesis hypothesis : found) {
        double score = model.score(seed, hypothesis.tokens(), hypothesis.finished());
        int length = hypothesis.tokens().size() + (hypothesis.finished() ? 1 : 0);
        assertThat(hypothesis.score()).isCloseTo(score, within(1e-9));
        assertThat(hypothesis.rankScore())
            .isCloseTo(score / Math.pow((5 + length) / 6.0, alpha), within(1e-9));
      }
    }
  }

  @Test
  void aBeamOfOneIsGreedy() {
    for (int seed = 0; seed < 300; seed++) {
      ToyModel model = ToyModel.random(seed, 2 + seed % 5);
      int maxLength = seed % 6;
      assertThat(ToySteps.run(beam(1, 0, 1), model, maxLength, 0, 1, 2))
          .as("seed %d", seed)
          .usingRecursiveComparison()
          .isEqualTo(ToySteps.run(SearchConfig.greedy(), model, maxLength, 0, 1, 2));
    }
  }

  @Test
  void whichSourcesAreSearchedTogetherChangesNothing() {
    ToyModel model = ToyModel.random(5, VOCABULARY);
    SearchConfig config = beam(3, 0.5, 3);
    List<List<Hypothesis>> together = ToySteps.run(config, model, 6, 4, 3, 2, 1, 0);
    for (int source = 0; source < 5; source++) {
      assertThat(together.get(4 - source))
          .usingRecursiveComparison()
          .isEqualTo(ToySteps.run(config, model, 6, source).get(0));
    }
  }

  @Test
  void attentionIsFollowedAlongParents() {
    for (int seed = 0; seed < 50; seed++) {
      for (Hypothesis found :
          ToySteps.run(beam(3, 0, 3), ToyModel.random(seed, VOCABULARY), 5, 0).get(0)) {
        assertThat(found.attention()).hasNumberOfRows(found.tokens().size());
        for (int i = 0; i < found.tokens().size(); i++) {
          assertThat(found.attention()[i])
              .containsExactly(ToyModel.attention(found.tokens().subList(0, i)));
        }
      }
    }
  }

  @Test
  void aVocabularySmallerThanTheBeamWorks() {
    List<Hypothesis> found = ToySteps.run(beam(20, 0, 20), ToyModel.always(0.6, 0.4), 2, 0).get(0);
    assertThat(found)
        .extracting(Hypothesis::tokens)
        .containsExactly(List.of(), List.of(1), List.of(1, 1));
  }

  @Test
  void equalScoresGoToTheLowerToken() {
    ToyModel ties = ToyModel.always(0, 0.25, 0.25, 0.25, 0.25);
    assertThat(ToySteps.run(beam(3, 0, 3), ties, 2, 0).get(0))
        .extracting(Hypothesis::tokens)
        .containsExactly(List.of(1, 1), List.of(2, 1), List.of(3, 1));
  }

  @Test
  void itStopsWhenNothingLiveCanWin() {
    try (ToySteps steps = new ToySteps(ToyModel.always(0.6, 0.4), 2, false, 0)) {
      new BeamSearch(2, 1, HypothesisScorer.BY_SCORE).search(steps, new int[] {50}, 99, 0);
      assertThat(steps.sourcesAtStep).containsExactly(1);
    }
  }

  @Test
  void aLengthPenaltyLetsALongerOneWinAfterAShortOneEnded() {
    ToyModel model =
        (source, prefix) ->
            prefix.isEmpty()
                ? ToyModel.logs(0.5, 0.4, 0.1)
                : prefix.size() < 4 ? ToyModel.logs(0, 1, 0) : ToyModel.logs(1, 0, 0);
    assertThat(ToySteps.run(beam(2, 0, 1), model, 4, 0).get(0).get(0).tokens()).isEmpty();
    assertThat(ToySteps.run(beam(2, 1, 1), model, 4, 0).get(0).get(0).tokens())
        .containsExactly(1, 1, 1, 1);
  }

  @Test
  void sourcesLeaveAsTheyAreDone() {
    // Source s wants s tokens, then the end.
    ToyModel model =
        (source, prefix) ->
            prefix.size() < source ? ToyModel.logs(0.01, 0.99) : ToyModel.logs(0.99, 0.01);
    try (ToySteps steps = new ToySteps(model, 2, true, 3, 1, 2)) {
      List<List<Hypothesis>> found =
          new BeamSearch(2, 1, HypothesisScorer.BY_SCORE)
              .search(steps, new int[] {9, 9, 9}, ToyModel.BEGIN, ToyModel.END);
      assertThat(steps.sourcesAtStep).containsExactly(3, 3, 2, 1);
      assertThat(found).extracting(best -> best.get(0).tokens().size()).containsExactly(3, 1, 2);
    }
  }

  @Test
  void hypothesesThatWereCutFillUpTheList() {
    ToyModel model =
        (source, prefix) ->
            prefix.equals(List.of(2)) ? ToyModel.logs(0.99, 0.01, 0) : ToyModel.logs(0, 0.6, 0.4);
    List<Hypothesis> found = ToySteps.run(beam(2, 0, 2), model, 2, 0).get(0);
    assertThat(found).extracting(Hypothesis::tokens).containsExactly(List.of(2), List.of(1, 1));
    assertThat(found).extracting(Hypothesis::finished).containsExactly(true, false);
  }

  @Test
  void aHypothesisThatNothingCanFollowGivesWayToOthers() {
    ToyModel model =
        (source, prefix) ->
            prefix.isEmpty()
                ? ToyModel.logs(0, 0.9, 0.1)
                : prefix.get(0) == 1 ? ToyModel.logs(0, 0, 0) : ToyModel.logs(1, 0, 0);
    List<Hypothesis> found = ToySteps.run(beam(2, 0, 1), model, 5, 0).get(0);
    assertThat(found).extracting(Hypothesis::tokens).containsExactly(List.of(2));
  }
}
