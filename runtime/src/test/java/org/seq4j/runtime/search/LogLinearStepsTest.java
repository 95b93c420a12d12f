package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinearStepsTest {
  private static final int MAX_LENGTH = 5;
  private static final double OF_MODEL = 0.7;
  private static final double OF_OTHER = 0.4;

  /** The weighted sum of the scores of two models. */
  private static ToyModel sum(ToyModel model, ToyModel other) {
    return (source, prefix) -> {
      float[] scores = model.next(source, prefix);
      float[] others = other.next(source, prefix);
      for (int token = 0; token < scores.length; token++) {
        scores[token] = (float) (OF_MODEL * scores[token] + OF_OTHER * others[token]);
      }
      return scores;
    };
  }

  private static LogLinearSteps steps(
      ToyModel model, ToyModel other, int rows, int proposals, Integer... sources) {
    return new LogLinearSteps(
        new ToySteps(model, rows, true, sources),
        OF_MODEL,
        List.of(
            new LogLinearSteps.Term(
                new StepScorer(new ToySteps(other, rows, false, sources), 100), OF_OTHER)),
        proposals,
        ToyModel.END);
  }

  private static List<List<Hypothesis>> search(
      SearchConfig config, ToyModel model, ToyModel other, int proposals, List<SearchTask> tasks) {
    Search search = Search.of(config);
    Integer[] sources = IntStream.range(0, tasks.size()).boxed().toArray(Integer[]::new);
    try (LogLinearSteps steps =
        steps(model, other, search.hypothesesPerSource(), proposals, sources)) {
      return search.search(steps, tasks, ToyModel.BEGIN, ToyModel.END);
    }
  }

  private static List<SearchTask> tasks(int count) {
    return IntStream.range(0, count).mapToObj(i -> SearchTask.upTo(MAX_LENGTH)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void searchingWithBothIsSearchingTheirSum(int size) {
    for (int seed = 0; seed < 40; seed++) {
      int vocabulary = 2 + seed % 4;
      ToyModel model = ToyModel.random(seed, vocabulary);
      ToyModel other = ToyModel.random(1000 + seed, vocabulary);
      SearchConfig config =
          size == 1 ? SearchConfig.greedy() : SearchConfig.beam(size).withNBest(size);
      List<List<Hypothesis>> expected =
          ToySteps.run(config, sum(model, other), MAX_LENGTH, 0, 1, 2);
      List<List<Hypothesis>> found = search(config, model, other, vocabulary, tasks(3));
      for (int source = 0; source < 3; source++) {
        assertThat(found.get(source))
            .as("seed %d", seed)
            .extracting(Hypothesis::tokens)
            .isEqualTo(expected.get(source).stream().map(Hypothesis::tokens).toList());
        for (int i = 0; i < found.get(source).size(); i++) {
          assertThat(found.get(source).get(i).score())
              .isCloseTo(expected.get(source).get(i).score(), within(1e-4));
        }
      }
    }
  }

  @Test
  void onlyWhatTheModelProposesIsScoredAndTheEnd() {
    ToyModel model = ToyModel.always(0.05, 0.4, 0.3, 0.2, 0.05);
    ToyModel other = ToyModel.always(0.01, 0.1, 0.2, 0.01, 0.68);
    try (LogLinearSteps steps = steps(model, other, 1, 2, 0)) {
      StepFunction.Candidates found =
          steps.step(new int[] {0}, new int[] {0}, new int[] {ToyModel.BEGIN}, 1);
      assertThat(found.tokens()[0]).containsExactly(2);
      assertThat(found.logProbabilities()[0][0])
          .isCloseTo((float) (OF_MODEL * Math.log(0.3) + OF_OTHER * Math.log(0.2)), within(1e-5f));
    }
    try (LogLinearSteps steps = steps(model, other, 1, 1, 0)) {
      assertThat(
              steps.step(new int[] {0}, new int[] {0}, new int[] {ToyModel.BEGIN}, 2).tokens()[0])
          .containsExactly(2, 1);
    }
    ToyModel ends = ToyModel.always(0.97, 0.01, 0.01, 0.005, 0.005);
    try (LogLinearSteps steps = steps(model, ends, 1, 2, 0)) {
      assertThat(
              steps.step(new int[] {0}, new int[] {0}, new int[] {ToyModel.BEGIN}, 1).tokens()[0])
          .as("the end, which is not among the model's two best")
          .containsExactly(ToyModel.END);
    }
  }

  @Test
  void rulesMayAskForTokensThatTheModelDoesNotPropose() {
    ToyModel model = ToyModel.always(0.05, 0.5, 0.4, 0.05);
    ToyModel other = ToyModel.always(0.5, 0.2, 0.2, 0.1);
    SearchTask only =
        new SearchTask(
            0,
            MAX_LENGTH,
            9,
            0,
            List.of((prefix, next) -> next.allowOnly(List.of(3, next.end()))),
            Optional.empty());
    Hypothesis found = search(SearchConfig.beam(2), model, other, 1, List.of(only)).get(0).get(0);
    assertThat(found.tokens()).isEmpty();
    assertThat(found.score())
        .isCloseTo(OF_MODEL * Math.log(0.05) + OF_OTHER * Math.log(0.5), within(1e-5));
  }

  @Test
  void whatOneScorerExcludesIsImpossible() {
    ToyModel model = ToyModel.always(0.1, 0.5, 0.4);
    ToyModel never = ToyModel.always(0.5, 0, 0.5);
    List<Hypothesis> found =
        search(SearchConfig.beam(3).withNBest(3), model, never, 3, tasks(1)).get(0);
    assertThat(found).allSatisfy(it -> assertThat(it.tokens()).doesNotContain(1));
  }
}
