package org.seq4j.trainer.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.Origin;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.training.FixedOutput;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.state.DivergedException;
import org.seq4j.trainer.training.state.TrainingException;

final class TrainingGraphTest {
  private static final EncodedPair SHORT = Toy.pair(new int[] {4}, 5, 6);
  private static final EncodedPair LONG = Toy.pair(new int[] {5, 6, 7, 8, 4}, 7, 8, 4, 5);

  @Test
  void everyParameterMoves() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      Map<String, SafeTensors.Array> before = graph.read();
      graph.step(1, Toy.batch(SHORT, LONG));
      Map<String, SafeTensors.Array> after = graph.read();
      assertThat(after.keySet()).hasSizeGreaterThan(20);
      after.forEach(
          (path, array) ->
              assertThat(array.values()).as(path).isNotEqualTo(before.get(path).values()));
    }
  }

  /** Also where a state has more than two uses: TensorFlow adds their gradients in any order. */
  @ParameterizedTest
  @ValueSource(strings = {"f32", "bf16"})
  void eachTrainingGivesTheSameBits(String precision) {
    String layers = Toy.MODEL.replace("cell: lstm, units: 16", "cell: lstm, units: 16, layers: 3");
    Map<String, SafeTensors.Array> first = trained(layers, precision);
    for (int again = 0; again < 3; again++) {
      trained(layers, precision)
          .forEach(
              (path, array) ->
                  assertThat(array.values()).as(path).isEqualTo(first.get(path).values()));
    }
  }

  private static Map<String, SafeTensors.Array> trained(String model, String precision) {
    String training = "threads: 2, optimizer: adam, precision: " + precision;
    try (TrainingGraph graph = Toy.graph(Toy.model(model, Toy.REGISTRY), training)) {
      for (int step = 1; step <= 5; step++) {
        graph.step(step, Toy.batch(SHORT, LONG));
      }
      return graph.read();
    }
  }

  /** Plain steps against the gradient show the gradients themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        Toy.MODEL,
        // a table that is also the output layer; layers in a loop; a product with layer norms
        """
        embedding: {source: 16, target: 16, tie: all}
        encoder: {type: rnn, cell: {type: lstm, layer_norm: true}, units: 16, layers: 2}
        decoder: {type: rnn, cell: gru, units: 16, layers: 2, attention: bahdanau}
        """
      })
  void productsInSixteenBitsGiveNearlyTheSameGradients(String model) {
    String training = "clip_norm: 0, optimizer: sgd, learning_rate: 1, precision: ";
    Batch batch = Toy.batch(SHORT, LONG);
    try (TrainingGraph exact = Toy.graph(Toy.model(model, Toy.REGISTRY), training + "f32");
        TrainingGraph rounded = Toy.graph(Toy.model(model, Toy.REGISTRY), training + "bf16")) {
      Map<String, SafeTensors.Array> before = exact.read();
      exact.step(1, batch);
      rounded.step(1, batch);
      Map<String, SafeTensors.Array> expected = exact.read();
      rounded
          .read()
          .forEach(
              (path, array) -> {
                double[] gradient = difference(before.get(path), expected.get(path));
                double[] error = difference(array, expected.get(path));
                assertThat(norm(error)).as(path).isPositive().isLessThan(0.03 * norm(gradient));
              });
    }
  }

  private static double[] difference(SafeTensors.Array a, SafeTensors.Array b) {
    return IntStream.range(0, a.values().length)
        .mapToDouble(i -> a.values()[i] - b.values()[i])
        .toArray();
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(it -> it * it).sum());
  }

  @Test
  void theLossFalls() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam, learning_rate: 0.02")) {
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
    try (TrainingGraph graph = Toy.graph("optimizer: adam, learning_rate: 0")) {
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
    try (TrainingGraph graph = Toy.graph("optimizer: adam, learning_rate: 0")) {
      double[] scores = graph.predictor().score(Sources.of(LONG.source()), List.of(LONG.target()));
      double loss = graph.step(1, Toy.batch(LONG)).loss();
      assertThat(loss).isCloseTo(-scores[0] / (LONG.target().length() + 1), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "{type: adam, lazy: true}"})
  void microBatchesGiveTheStepsOfTheWholeBatch(String optimizer) {
    EncodedPair middle = Toy.pair(new int[] {6, 4}, 4, 8, 8);
    Batch batch = Toy.batch(SHORT, LONG, middle, SHORT, LONG);
    String config = "objectives: {label_smoothing: 0.1}, clip_norm: 0.5, optimizer: " + optimizer;
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
      Map<String, SafeTensors.Array> expected = whole.read();
      for (TrainingGraph graph : List.of(divided, single)) {
        Map<String, SafeTensors.Array> weights = graph.read();
        assertThat(weights.keySet()).isEqualTo(expected.keySet()); // no sums among them
        weights.forEach(
            (path, array) ->
                assertThat(array.values())
                    .as(path)
                    .containsExactly(expected.get(path).values(), within(2e-5f)));
      }
    }
  }

  /** Plain steps against the gradient show the gradients themselves. */
  @Test
  void accumulatedGradientsAreThoseOfTheWholeBatch() {
    EncodedPair middle = Toy.pair(new int[] {6, 4}, 4, 8, 8);
    Batch batch = Toy.batch(SHORT, LONG, middle, SHORT, LONG, LONG, SHORT, SHORT);
    String config = "threads: 2, clip_norm: 0, optimizer: sgd, learning_rate: 1";
    try (TrainingGraph whole = Toy.graph(config);
        TrainingGraph divided = Toy.graph(config + ", micro_batches: 4")) {
      TrainingGraph.Step expected = whole.step(1, batch);
      TrainingGraph.Step made = divided.step(1, batch);
      assertThat(made.loss()).isCloseTo(expected.loss(), within(1e-6));
      assertThat(made.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-6));
      Map<String, SafeTensors.Array> weights = divided.read();
      whole
          .read()
          .forEach(
              (path, array) ->
                  assertThat(weights.get(path).values())
                      .as(path)
                      .containsExactly(array.values(), within(1e-6f)));
    }
  }

  @Test
  void everyMicroBatchDropsOtherUnits() {
    String model = Toy.MODEL.replace("units: 16,", "units: 16, dropout: 0.5,");
    Batch batch = Toy.batch(LONG, LONG);
    try (TrainingGraph graph =
        Toy.graph(
            Toy.model(model, Toy.REGISTRY),
            "micro_batches: 2, optimizer: adam, learning_rate: 0")) {
      double one = graph.step(1, Toy.batch(LONG)).loss();
      double both = graph.step(1, batch).loss();
      assertThat(both).isNotCloseTo(one, within(1e-4));
    }
  }

  @Test
  void labelSmoothingIsThatOfTheFormula() {
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(new PluginLoader().classPath())
            .add(new FixedOutput.FixedPlugin(), Origin.PROGRAM)
            .build();
    var model = Toy.model(Toy.MODEL + "output: fixed\n", registry);
    try (TrainingGraph graph = Toy.graph(model, "objectives: {label_smoothing: 0.1}")) {
      double loss = graph.step(1, Toy.batch(SHORT, Toy.pair(new int[] {4, 4}, 7))).loss();
      assertThat(loss)
          .isCloseTo(smoothed(0.1, 5, 6, Vocabulary.END, 7, Vocabulary.END), within(1e-5));
    }
  }

  /** Szegedy et al. 2016, section 7, with a uniform prior. */
  private static double smoothed(double share, int... labels) {
    double[] logs = FixedOutput.logProbabilities();
    double uniform = Arrays.stream(logs).sum() / logs.length;
    double sum = 0;
    for (int label : labels) {
      sum -= (1 - share) * logs[label] + share * uniform;
    }
    return sum / labels.length;
  }

  @Test
  void lazyAdamLeavesTokensAloneThatABatchDoesNotHave() {
    try (TrainingGraph eager = Toy.graph("optimizer: adam");
        TrainingGraph lazy = Toy.graph("optimizer: {type: adam, lazy: true}")) {
      Map<String, SafeTensors.Array> before = lazy.read();
      double norm = eager.step(1, Toy.batch(SHORT, SHORT)).gradientNorm();
      assertThat(lazy.step(1, Toy.batch(SHORT, SHORT)).gradientNorm())
          .isCloseTo(norm, within(1e-6));
      Map<String, SafeTensors.Array> after = lazy.read();
      Map<String, SafeTensors.Array> afterEager = eager.read();
      for (String prefix : List.of("", "optimizer.m.", "optimizer.v.")) {
        String path = prefix + "embedding.source";
        for (int token = 0; token < Toy.VOCABULARY; token++) {
          float[] row = row(after, path, token);
          if (token == 4) {
            assertThat(row).as(path).isNotEqualTo(row(before, path, token));
            assertThat(row).as(path).containsExactly(row(afterEager, path, token), within(1e-5f));
          } else {
            assertThat(row).as(path).isEqualTo(row(before, path, token));
          }
        }
      }
      lazy.step(2, Toy.batch(LONG));
      assertThat(row(lazy.read(), "embedding.source", 5))
          .isNotEqualTo(row(before, "embedding.source", 5));
    }
  }

  private static float[] row(Map<String, SafeTensors.Array> arrays, String path, int token) {
    return Arrays.copyOfRange(arrays.get(path).values(), token * 8, token * 8 + 8);
  }

  @Test
  void aLossThatIsNoNumberEndsTraining() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam, learning_rate: 1.0e+38")) {
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
      Map<String, SafeTensors.Array> saved = graph.read();
      graph.step(2, Toy.batch(LONG));
      graph.assign(saved);
      Map<String, SafeTensors.Array> restored = graph.read();
      saved.forEach(
          (path, array) ->
              assertThat(restored.get(path).values()).as(path).isEqualTo(array.values()));
    }
  }

  @Test
  void aStepWhoseGradientIsNoNumberLeavesTheWeightsAlone() {
    for (String more : List.of("", ", micro_batches: 2")) {
      try (TrainingGraph graph =
          Toy.graph("moving_average: 0.9, optimizer: adam, learning_rate: 0.1" + more)) {
        graph.step(1, Toy.batch(SHORT, LONG));
        Map<String, SafeTensors.Array> weights = graph.read();
        weights.get("output.projection.kernel").values()[3] = Float.NaN;
        graph.assign(weights);
        assertThatThrownBy(() -> graph.step(2, Toy.batch(SHORT, LONG)))
            .isInstanceOf(DivergedException.class)
            .hasMessageStartingWith(
                "step 2: the loss is NaN and the norm of the gradients is NaN: training has");
        Map<String, SafeTensors.Array> after = graph.read();
        weights.forEach(
            (path, array) ->
                assertThat(after.get(path).values()).as(path).isEqualTo(array.values()));
      }
    }
  }

  @Test
  void theMovingAverageIsThatOfTheFormulaAndIsUsed() {
    try (TrainingGraph graph =
        Toy.graph("moving_average: 0.2, optimizer: adam, learning_rate: 0.1")) {
      double[] expected = null;
      for (int step = 1; step <= 6; step++) {
        graph.step(step, Toy.batch(SHORT, LONG));
        float[] latest = graph.read().get("output.projection.kernel").values();
        expected = expected == null ? new double[latest.length] : expected;
        double kept = Math.min(0.2, (step - 1) / (step + 9.0));
        for (int i = 0; i < latest.length; i++) {
          expected[i] = kept * expected[i] + (1 - kept) * latest[i];
        }
      }
      float[] average = graph.readForUse().get("output.projection.kernel").values();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) average[i]).isCloseTo(expected[i], within(1e-6));
      }
      Map<String, SafeTensors.Array> latest = graph.read();
      float[] used = graph.inUse(() -> graph.read().get("output.projection.kernel").values());
      assertThat(used)
          .isEqualTo(average)
          .isNotEqualTo(latest.get("output.projection.kernel").values());
      Map<String, SafeTensors.Array> after = graph.read();
      latest.forEach(
          (path, array) -> assertThat(after.get(path).values()).as(path).isEqualTo(array.values()));
    }
  }

  @Test
  void whatIsFrozenStays() {
    try (TrainingGraph graph =
        Toy.graph("moving_average: 0.9, freeze: ['encoder.*', embedding.source]")) {
      Map<String, SafeTensors.Array> before = graph.read();
      graph.step(1, Toy.batch(SHORT, LONG));
      Map<String, SafeTensors.Array> after = graph.read();
      int frozen = 0;
      for (String path : before.keySet()) {
        boolean stays = path.startsWith("encoder.") || path.equals("embedding.source");
        frozen += stays ? 1 : 0;
        assertThat(Arrays.equals(before.get(path).values(), after.get(path).values()))
            .as(path)
            .isEqualTo(stays);
      }
      assertThat(frozen).isGreaterThan(4);
      assertThat(graph.parameters())
          .doesNotContain("embedding.source")
          .contains("output.projection.kernel");
      assertThat(graph.readForUse()).containsKey("embedding.source");
    }
  }

  @Test
  void aPatternThatNamesNothingIsRefused() {
    assertThatThrownBy(() -> Toy.graph("freeze: [encodr]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("training.freeze: no parameter matches 'encodr'; the model has [");
    assertThatThrownBy(() -> Toy.graph("freeze: ['*']"))
        .hasMessage("training.freeze: all parameters are frozen; leave some to train");
  }

  @Test
  void weightDecayIsAddedToTheGradientOfMatricesAfterClipping() {
    String sgd = "clip_norm: 0.1, optimizer: sgd, learning_rate: 0.5";
    try (TrainingGraph plain = Toy.graph(sgd);
        TrainingGraph decaying = Toy.graph(sgd + ", weight_decay: 0.2")) {
      Map<String, SafeTensors.Array> before = plain.read();
      plain.step(1, Toy.batch(SHORT, LONG));
      decaying.step(1, Toy.batch(SHORT, LONG));
      Map<String, SafeTensors.Array> without = plain.read();
      Map<String, SafeTensors.Array> with = decaying.read();
      for (String path : before.keySet()) {
        float factor = before.get(path).shape().length >= 2 ? 0.5f * 0.2f : 0;
        for (int i = 0; i < before.get(path).values().length; i++) {
          assertThat(with.get(path).values()[i])
              .as(path)
              .isCloseTo(
                  without.get(path).values()[i] - factor * before.get(path).values()[i],
                  within(1e-6f));
        }
      }
    }
  }

  @Test
  void gradientNoiseHasTheVarianceOfThePaper() {
    String sgd = "optimizer: sgd, learning_rate: 1";
    try (TrainingGraph plain = Toy.graph(sgd);
        TrainingGraph noisy = Toy.graph(sgd + ", gradient_noise: 0.3")) {
      plain.step(9, Toy.batch(SHORT, LONG));
      noisy.step(9, Toy.batch(SHORT, LONG));
      double sum = 0;
      double squares = 0;
      long count = 0;
      Map<String, SafeTensors.Array> others = plain.read();
      for (Map.Entry<String, SafeTensors.Array> entry : noisy.read().entrySet()) {
        if (entry.getKey().equals("embedding.source")
            || entry.getKey().equals("embedding.target")) {
          continue; // only rows that were looked up have a gradient
        }
        float[] other = others.get(entry.getKey()).values();
        for (int i = 0; i < other.length; i++) {
          double noise = entry.getValue().values()[i] - other[i];
          sum += noise;
          squares += noise * noise;
          count++;
        }
      }
      double variance = 0.3 / Math.pow(9, 0.55);
      assertThat(squares / count)
          .isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / count)));
      assertThat(sum / count).isCloseTo(0, within(5 * Math.sqrt(variance / count)));
    }
  }

  @Test
  void theLearningRateOfAStepIsThatOfItsSettings() {
    String sgd = "clip_norm: 0, optimizer: sgd, learning_rate: 0.5";
    try (TrainingGraph whole = Toy.graph(sgd);
        TrainingGraph tenth = Toy.graph(sgd)) {
      float[] before = whole.read().get("output.projection.kernel").values();
      whole.step(1, Toy.batch(SHORT, LONG));
      tenth.step(1, Toy.batch(SHORT, LONG), StepSettings.ofRate(0.1));
      float[] far = whole.read().get("output.projection.kernel").values();
      float[] near = tenth.read().get("output.projection.kernel").values();
      for (int i = 0; i < before.length; i++) {
        assertThat(near[i] - before[i]).isCloseTo(0.1f * (far[i] - before[i]), within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theOperationThatGoesWrongIsFound(int microBatches) {
    try (TrainingGraph graph = Toy.graph("optimizer: adam, micro_batches: " + microBatches)) {
      Batch batch = Toy.batch(LONG, SHORT);
      assertThat(graph.findNonFinite(1, batch, StepSettings.PLAIN)).isEmpty();
      Map<String, SafeTensors.Array> weights = graph.read();
      Arrays.fill(weights.get("output.projection.bias").values(), 3e38f);
      Arrays.fill(weights.get("output.projection.kernel").values(), 3e38f);
      graph.assign(weights);
      assertThat(graph.findNonFinite(1, batch, StepSettings.PLAIN).orElseThrow())
          .startsWith("the first operation that outputs NaN is LogSoftmax ([-1, 9], ")
          .endsWith(
              " with inputs from BiasAdd; the nearest parameters are [output.projection.bias]");
      assertThat(graph.read().get("output.projection.kernel").values())
          .isEqualTo(weights.get("output.projection.kernel").values());
    }
  }
}
