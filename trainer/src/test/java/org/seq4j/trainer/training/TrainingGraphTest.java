package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.Origin;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.run.WeightsFile;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.trainer.data.Batch;
import org.seq4j.trainer.data.EncodedPair;

final class TrainingGraphTest {
  private static final EncodedPair SHORT = Toy.pair(new int[] {4}, 5, 6);
  private static final EncodedPair LONG = Toy.pair(new int[] {5, 6, 7, 8, 4}, 7, 8, 4, 5);

  @Test
  void everyParameterMoves() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      Map<String, WeightsFile.Array> before = graph.read();
      graph.step(1, Toy.batch(SHORT, LONG));
      Map<String, WeightsFile.Array> after = graph.read();
      assertThat(after.keySet()).hasSizeGreaterThan(20);
      after.forEach(
          (path, array) ->
              assertThat(array.values()).as(path).isNotEqualTo(before.get(path).values()));
    }
  }

  @Test
  void theLossFalls() {
    try (TrainingGraph graph = Toy.graph("optimizer: {type: adam, learning_rate: 0.02}")) {
      Batch batch = Toy.batch(SHORT, LONG);
      double first = graph.step(1, batch).loss();
      double last = first;
      for (int step = 2; step <= 60; step++) {
        last = graph.step(step, batch).loss();
      }
      assertThat(first).isBetween(1.5, 3.0); // ln 9 is 2.2
      assertThat(last).isLessThan(0.3);
    }
  }

  @Test
  void oneGraphServesEveryBatchAndPaddingChangesNothing() {
    try (TrainingGraph graph = Toy.graph("optimizer: {type: adam, learning_rate: 0}")) {
      double shortLoss = graph.step(1, Toy.batch(SHORT)).loss();
      double longLoss = graph.step(2, Toy.batch(LONG)).loss();
      double both = graph.step(3, Toy.batch(SHORT, LONG)).loss();
      int ends = 1;
      double mean =
          (shortLoss * (SHORT.target().length() + ends)
                  + longLoss * (LONG.target().length() + ends))
              / (SHORT.target().length() + LONG.target().length() + 2 * ends);
      assertThat(both).isCloseTo(mean, within(1e-5));
    }
  }

  @Test
  void theLossIsThatOfForcedScoring() {
    try (TrainingGraph graph = Toy.graph("optimizer: {type: adam, learning_rate: 0}")) {
      double[] scores = graph.inference().score(List.of(LONG.source()), List.of(LONG.target()));
      double loss = graph.step(1, Toy.batch(LONG)).loss();
      assertThat(loss).isCloseTo(-scores[0] / (LONG.target().length() + 1), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "{type: adam, lazy: true}"})
  void microBatchesGiveTheStepsOfTheWholeBatch(String optimizer) {
    EncodedPair middle = Toy.pair(new int[] {6, 4}, 4, 8, 8);
    Batch batch = Toy.batch(SHORT, LONG, middle, SHORT, LONG);
    String config = "label_smoothing: 0.1, clip_norm: 0.5, optimizer: " + optimizer;
    try (TrainingGraph whole = Toy.graph(config);
        TrainingGraph divided = Toy.graph(config + ", micro_batches: 3");
        TrainingGraph single = Toy.graph(config + ", micro_batches: 9")) { // more than pairs
      for (int step = 1; step <= 3; step++) {
        TrainingGraph.Step expected = whole.step(step, batch);
        for (TrainingGraph graph : List.of(divided, single)) {
          TrainingGraph.Step made = graph.step(step, batch);
          assertThat(made.loss()).isCloseTo(expected.loss(), within(1e-5));
          assertThat(made.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-5));
        }
      }
      Map<String, WeightsFile.Array> expected = whole.read();
      for (TrainingGraph graph : List.of(divided, single)) {
        Map<String, WeightsFile.Array> weights = graph.read();
        assertThat(weights.keySet()).isEqualTo(expected.keySet()); // no sums among them
        weights.forEach(
            (path, array) ->
                assertThat(array.values())
                    .as(path)
                    .containsExactly(expected.get(path).values(), within(2e-5f)));
      }
    }
  }

  @Test
  void everyMicroBatchDropsOtherUnits() {
    String model = Toy.MODEL.replace("units: 16,", "units: 16, dropout: 0.5,");
    Batch batch = Toy.batch(LONG, LONG);
    try (TrainingGraph graph =
        Toy.graph(
            Toy.model(model, Toy.REGISTRY),
            "micro_batches: 2, optimizer: {type: adam, learning_rate: 0}")) {
      double one = graph.step(1, Toy.batch(LONG)).loss();
      double both = graph.step(1, batch).loss();
      assertThat(both).isNotCloseTo(one, within(1e-4));
    }
  }

  @Test
  void labelSmoothingIsThatOfTheFormula() {
    ComponentRegistry.Builder registry = ComponentRegistry.builder();
    new PluginLoader()
        .classPath()
        .entries()
        .forEach(entry -> registry.add(entry.factory(), entry.origin()));
    registry.add(new FixedOutputFactory(), Origin.PROGRAM);
    var model = Toy.model(Toy.MODEL + "output: fixed\n", registry.build());
    try (TrainingGraph graph = Toy.graph(model, "label_smoothing: 0.1")) {
      double loss = graph.step(1, Toy.batch(SHORT, Toy.pair(new int[] {4, 4}, 7))).loss();
      assertThat(loss)
          .isCloseTo(smoothed(0.1, 5, 6, Vocabulary.END, 7, Vocabulary.END), within(1e-5));
    }
  }

  /** Szegedy et al. 2016, section 7, with a uniform prior. */
  private static double smoothed(double share, int... labels) {
    double[] logs = FixedOutputFactory.logProbabilities();
    double uniform = Arrays.stream(logs).sum() / logs.length;
    double sum = 0;
    for (int label : labels) {
      sum -= (1 - share) * logs[label] + share * uniform;
    }
    return sum / labels.length;
  }

  @Test
  void lazyAdamLeavesSymbolsAloneThatABatchDoesNotHave() {
    try (TrainingGraph eager = Toy.graph("optimizer: adam");
        TrainingGraph lazy = Toy.graph("optimizer: {type: adam, lazy: true}")) {
      Map<String, WeightsFile.Array> before = lazy.read();
      double norm = eager.step(1, Toy.batch(SHORT, SHORT)).gradientNorm();
      assertThat(lazy.step(1, Toy.batch(SHORT, SHORT)).gradientNorm())
          .isCloseTo(norm, within(1e-6));
      Map<String, WeightsFile.Array> after = lazy.read();
      Map<String, WeightsFile.Array> afterEager = eager.read();
      for (String prefix : List.of("", "optimizer.m.", "optimizer.v.")) {
        String path = prefix + "embedding.source";
        for (int symbol = 0; symbol < Toy.VOCABULARY; symbol++) {
          float[] row = row(after, path, symbol);
          if (symbol == 4) {
            assertThat(row).as(path).isNotEqualTo(row(before, path, symbol));
            assertThat(row).as(path).containsExactly(row(afterEager, path, symbol), within(1e-5f));
          } else {
            assertThat(row).as(path).isEqualTo(row(before, path, symbol));
          }
        }
      }
      lazy.step(2, Toy.batch(LONG));
      assertThat(row(lazy.read(), "embedding.source", 5))
          .isNotEqualTo(row(before, "embedding.source", 5));
    }
  }

  private static float[] row(Map<String, WeightsFile.Array> arrays, String path, int symbol) {
    return Arrays.copyOfRange(arrays.get(path).values(), symbol * 8, symbol * 8 + 8);
  }

  @Test
  void aLossThatIsNoNumberEndsTraining() {
    try (TrainingGraph graph = Toy.graph("optimizer: {type: adam, learning_rate: 1.0e+38}")) {
      graph.step(1, Toy.batch(SHORT, LONG));
      assertThatThrownBy(() -> graph.step(2, Toy.batch(SHORT, LONG)))
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("step 2: the loss is ")
          .hasMessageContaining("training has diverged")
          .hasMessageContaining("Lower the learning rate");
    }
  }

  @Test
  void variablesComeBackAsTheyWereRead() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      graph.step(1, Toy.batch(SHORT));
      Map<String, WeightsFile.Array> saved = graph.read();
      graph.step(2, Toy.batch(LONG));
      graph.assign(saved);
      Map<String, WeightsFile.Array> restored = graph.read();
      saved.forEach(
          (path, array) ->
              assertThat(restored.get(path).values()).as(path).isEqualTo(array.values()));
    }
  }
}
