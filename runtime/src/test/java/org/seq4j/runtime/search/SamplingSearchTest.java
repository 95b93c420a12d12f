package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn, how often. */
class SamplingSearchTest {
  private static final int DRAWS = 20_000;
  private static final int LONGEST = 2;
  private static final int VOCABULARY = 5;

  static Stream<Arguments> distributions() {
    return Stream.of(
        Arguments.of(new SamplingConfig(1, 0, 1, 3)),
        Arguments.of(new SamplingConfig(0.5, 0, 1, 4)),
        Arguments.of(new SamplingConfig(2, 0, 1, 5)),
        Arguments.of(new SamplingConfig(1, 2, 1, 6)),
        Arguments.of(new SamplingConfig(1, 0, 0.7, 7)),
        Arguments.of(new SamplingConfig(1.5, 3, 0.8, 8)));
  }

  /** Computes the sampling distribution in a second way, over sorted probabilities. */
  private static double[] changed(float[] logProbabilities, SamplingConfig config) {
    int size = logProbabilities.length;
    double[] powers =
        IntStream.range(0, size)
            .mapToDouble(i -> Math.pow(Math.exp(logProbabilities[i]), 1 / config.temperature()))
            .toArray();
    Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Double.compare(powers[b], powers[a]));
    int few = config.topK() == 0 ? size : Math.min(size, config.topK());
    double whole = IntStream.range(0, few).mapToDouble(i -> powers[order[i]]).sum();
    double[] result = new double[size];
    double before = 0;
    for (int i = 0; i < few && before < config.topP(); i++) {
      result[order[i]] = powers[order[i]] / whole;
      before += result[order[i]];
    }
    double kept = before;
    return Arrays.stream(result).map(it -> it / kept).toArray();
  }

  /** Chi-square of sequences against their probabilities. */
  @ParameterizedTest
  @MethodSource("distributions")
  void frequenciesAreTheProbabilities(SamplingConfig config) {
    ToyModel model =
        (source, prefix) -> { // none so likely that it is drawn alone
          Random random = new Random(prefix.hashCode());
          double[] weights =
              IntStream.range(0, VOCABULARY).mapToDouble(i -> 0.2 + random.nextDouble()).toArray();
          double sum = Arrays.stream(weights).sum();
          return ToyModel.logs(Arrays.stream(weights).map(it -> it / sum).toArray());
        };
    Map<List<Integer>, Double> expected = new HashMap<>();
    for (List<Integer> tokens : ToyModel.sequences(VOCABULARY, LONGEST)) {
      double probability = 1;
      for (int i = 0; i < tokens.size(); i++) {
        probability *= changed(model.next(0, tokens.subList(0, i)), config)[tokens.get(i)];
      }
      if (tokens.size() < LONGEST) {
        probability *= changed(model.next(0, tokens), config)[ToyModel.END];
      }
      expected.put(tokens, DRAWS * probability);
    }
    Map<List<Integer>, Integer> found = new HashMap<>();
    for (int part = 0; part < DRAWS / 1000; part++) {
      SamplingConfig seeded =
          new SamplingConfig(
              config.temperature(), config.topK(), config.topP(), config.seed() + 100L * part);
      for (Hypothesis drawn :
          ToySteps.run(SearchConfig.sampling(1000, seeded), model, LONGEST, 0).get(0)) {
        found.merge(drawn.tokens(), 1, Integer::sum);
        assertThat(drawn.score())
            .isCloseTo(model.score(0, drawn.tokens(), drawn.finished()), within(1e-5));
      }
    }
    double chiSquare = 0;
    int cells = 0;
    double rest = 0;
    double restFound = 0;
    for (Map.Entry<List<Integer>, Double> entry : expected.entrySet()) {
      int count = found.getOrDefault(entry.getKey(), 0);
      if (entry.getValue() == 0) {
        assertThat(count).as("%s", entry.getKey()).isZero();
      } else if (entry.getValue() < 5) {
        rest += entry.getValue();
        restFound += count;
      } else {
        chiSquare += Math.pow(count - entry.getValue(), 2) / entry.getValue();
        cells++;
      }
    }
    if (rest > 5) {
      chiSquare += Math.pow(restFound - rest, 2) / rest;
      cells++;
    }
    // mean and deviation of chi-square: n and sqrt(2n); four of these are beyond all chance
    assertThat(chiSquare).isLessThan(cells - 1 + 4 * Math.sqrt(2.0 * (cells - 1)));
    assertThat(cells).isGreaterThan(2);
  }

  @Test
  void drawsDoNotDependOnWhatIsSearchedTogether() {
    ToyModel model = ToyModel.random(5, VOCABULARY);
    SearchConfig config = SearchConfig.sampling(4, SamplingConfig.plain(9));
    List<SearchTask> tasks =
        IntStream.range(0, 3).mapToObj(i -> SearchTask.upTo(6).withSeed(i)).toList();
    List<List<Hypothesis>> together = ToySteps.run(config, model, tasks, 2, 1, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(ToySteps.run(config, model, List.of(tasks.get(i)), 2 - i).get(0))
          .usingRecursiveComparison()
          .isEqualTo(together.get(i));
    }
  }
}
