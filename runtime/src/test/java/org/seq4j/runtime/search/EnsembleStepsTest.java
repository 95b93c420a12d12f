package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnsembleStepsTest {
  private static final int MAX_LENGTH = 5;
  private static final double[] WEIGHTS = {0.5, 0.2, 0.3};

  private static List<ToyModel> models(int seed, int vocabulary) {
    return IntStream.range(0, WEIGHTS.length)
        .mapToObj(member -> ToyModel.random(1000 * member + seed, vocabulary))
        .toList();
  }

  /** The model whose probabilities are the weighted mean. */
  private static ToyModel mean(List<ToyModel> models) {
    return (source, prefix) -> {
      double[] sums = new double[models.get(0).next(source, prefix).length];
      for (int member = 0; member < WEIGHTS.length; member++) {
        float[] logs = models.get(member).next(source, prefix);
        for (int token = 0; token < sums.length; token++) {
          sums[token] += WEIGHTS[member] * Math.exp(logs[token]);
        }
      }
      return ToyModel.logs(sums);
    };
  }

  private static List<List<Hypothesis>> search(
      SearchConfig config, List<ToyModel> models, Integer... sources) {
    Search search = Search.of(config);
    int rows = search.hypothesesPerSource();
    List<StepFunction> members =
        models.stream()
            .<StepFunction>map(model -> new ToySteps(model, rows, true, sources))
            .toList();
    int[] maxLengths = IntStream.generate(() -> MAX_LENGTH).limit(sources.length).toArray();
    try (EnsembleSteps steps =
        new EnsembleSteps(members, models.get(0).next(0, List.of()).length, WEIGHTS)) {
      return search.search(steps, maxLengths, ToyModel.BEGIN, ToyModel.END);
    }
  }

  @Test
  void searchingTogetherIsSearchingTheMean() {
    for (int seed = 0; seed < 60; seed++) {
      List<ToyModel> models = models(seed, 2 + seed % 4);
      for (SearchConfig config :
          List.of(SearchConfig.greedy(), SearchConfig.beam(3).withNBest(3))) {
        List<List<Hypothesis>> expected =
            ToySteps.run(config, mean(models), MAX_LENGTH, seed, seed + 1, seed + 2);
        List<List<Hypothesis>> found = search(config, models, seed, seed + 1, seed + 2);
        for (int source = 0; source < 3; source++) {
          assertThat(found.get(source))
              .as("seed %d", seed)
              .extracting(Hypothesis::tokens)
              .isEqualTo(expected.get(source).stream().map(Hypothesis::tokens).toList());
          for (int i = 0; i < found.get(source).size(); i++) {
            Hypothesis one = found.get(source).get(i);
            assertThat(one.score()).isCloseTo(expected.get(source).get(i).score(), within(1e-5));
            // All look at the same place in this toy, and so does their mean.
            assertThat(one.attention().length).isEqualTo(one.tokens().size());
            for (int t = 0; t < one.attention().length; t++) {
              assertThat(one.attention()[t])
                  .containsExactly(ToyModel.attention(one.tokens().subList(0, t)), within(1e-3f));
            }
          }
        }
      }
    }
  }

  @Test
  void whatNoModelSaysIsImpossible() {
    ToyModel never = ToyModel.always(0.5, 0.5, 0);
    ToyModel rather = ToyModel.always(0.5, 0.25, 0.25);
    try (EnsembleSteps steps =
        new EnsembleSteps(
            List.of(new ToySteps(never, 1, true, 0), new ToySteps(never, 1, true, 0)),
            3,
            new double[] {0.5, 0.5})) {
      int[] only = {0};
      assertThat(steps.all(only, only, new int[] {ToyModel.BEGIN})[0][2])
          .isEqualTo(Float.NEGATIVE_INFINITY);
    }
    try (EnsembleSteps steps =
        new EnsembleSteps(
            List.of(new ToySteps(never, 1, true, 0), new ToySteps(rather, 1, true, 0)),
            3,
            new double[] {0.5, 0.5})) {
      int[] only = {0};
      assertThat(steps.all(only, only, new int[] {ToyModel.BEGIN})[0])
          .containsExactly(
              new float[] {(float) Math.log(0.5), (float) Math.log(0.375), (float) Math.log(0.125)},
              within(1e-6f));
    }
  }
}
