package org.seq4j.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.model.output.HardMonotonicOutput;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.objective.Objectives;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Against Wu and Cotterell 2019, by enumeration of alignments. */
@Timeout(300)
class HardMonotonicTest {
  private static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));
  private static final int V = 7;

  private static Seq2SeqModel model(String decoder, String output, String tie) {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    String yaml =
        """
        embedding: {source: 4, target: 4, tie: %s}
        encoder: {type: rnn, cell: gru, units: 4}
        decoder: {type: rnn, cell: gru, units: 4%s}
        output: {type: hard-monotonic%s}
        """
            .formatted(tie, decoder, output);
    return new Seq2SeqModel(
        reader.bind(reader.parse(Path.of("test.yaml"), yaml, List.of()), ModelConfig.class),
        SequenceSpace.ofTokens(12),
        SequenceSpace.ofTokens(V),
        CONTEXT);
  }

  private static Seq2SeqModel languageModel() {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    String yaml =
        """
        embedding: {target: 4}
        decoder: {type: rnn, cell: gru, units: 4}
        output: hard-monotonic
        """;
    return new Seq2SeqModel(
        reader.bind(reader.parse(Path.of("test.yaml"), yaml, List.of()), ModelConfig.class),
        SequenceSpace.ofTokens(12),
        SequenceSpace.ofTokens(V),
        CONTEXT);
  }

  /** The parameters of a layer, and what the paper computes from them in plain Java. */
  private record Paper(Map<String, float[]> parameters, float[][] memory, int maxStep) {

    double[] linear(String name, float[] x, int units) {
      float[] kernel = parameters.get(name + ".kernel");
      float[] bias = parameters.getOrDefault(name + ".bias", new float[units]);
      double[] sums = new double[units];
      for (int u = 0; u < units; u++) {
        sums[u] = bias[u];
        for (int d = 0; d < x.length; d++) {
          sums[u] += x[d] * kernel[d * units + u];
        }
      }
      return sums;
    }

    /** p(a_i = to | a_(i-1) = from). */
    double move(float[] features, int from, int to) {
      if (to < from || (maxStep > 0 && to - from > maxStep)) {
        return 0;
      }
      double all = 0;
      for (int j = from; j < memory.length && (maxStep == 0 || j - from <= maxStep); j++) {
        all += Math.exp(score(features, from, j));
      }
      return Math.exp(score(features, from, to)) / all;
    }

    private double score(float[] features, int from, int to) {
      if (maxStep > 0) {
        return linear("move", features, maxStep + 1)[to - from]
            + linear("move_from", memory[from], maxStep + 1)[to - from];
      }
      double[] key = linear("move", features, memory[to].length);
      double sum = 0;
      for (int d = 0; d < key.length; d++) {
        sum += key[d] * memory[to][d];
      }
      return sum;
    }

    /** p(y_i = token | a_i = at). */
    double emission(float[] features, int at, int token) {
      int units = parameters.get("source.bias").length;
      double[] ofDecoder = linear("decoder", features, units);
      double[] ofSource = linear("source", memory[at], units);
      float[] hidden = new float[units];
      for (int u = 0; u < units; u++) {
        hidden[u] = (float) Math.tanh(ofDecoder[u] + ofSource[u]);
      }
      double[] scores = linear("projection", hidden, V);
      double all = 0;
      for (double score : scores) {
        all += Math.exp(score);
      }
      return Math.exp(scores[token]) / all;
    }

    /** Enumerates every alignment from a step on. */
    double likelihood(float[][] features, int[] target, int step, int from) {
      if (step == target.length) {
        return 1;
      }
      double sum = 0;
      for (int at = 0; at < memory.length; at++) { // also those before, whose probability is 0
        double moved = move(features[step], from, at);
        sum +=
            moved == 0
                ? 0
                : moved
                    * emission(features[step], at, target[step])
                    * likelihood(features, target, step + 1, at);
      }
      return sum;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 1, 1", "1, 2, 1", "1, 5, 1", "0, 0, 8", "1, 1, 8"})
  void theLikelihoodOfATargetIsTheSumOverAllMonotoneAlignments(
      int order, int maxStep, float sharpness) {
    HardMonotonicOutput output =
        new HardMonotonicOutput(
            new HardMonotonicOutput.Config(
                order, maxStep == 0 ? Optional.empty() : Optional.of(maxStep), Optional.of(6)));
    Random random = new Random(7);
    int[] lengths = {4, 2, 1};
    float[][][] memory = random(random, 3, 4, 3, 1);
    float[][][] features = random(random, 3, 5, 4, sharpness);
    int[][] target = {{4, 5, 4, 6, 3}, {5, 3, 0, 0, 0}, {6, 6, 4, 3, 0}};
    int[] targetLengths = {5, 2, 4};
    int[][] previous = {{2, 4, 5, 4, 6}, {2, 5, 3, 0, 0}, {2, 6, 6, 4, 3}};
    TokenOutput.Tokens tokens = new TokenOutput.Tokens(V, Optional.empty());
    try (ModelGraph graph = new ModelGraph(3, 1)) {
      Scope scope = graph.scope(false);
      Ops tf = scope.tf();
      Memory given =
          new Memory(
              new Sequence(tf.constant(StdArrays.ndCopyOf(memory)), tf.constant(lengths)),
              NamedTensors.EMPTY,
              1);
      Operand<TFloat32> all =
          output
              .allSteps(
                  scope,
                  output.prepare(scope, given),
                  new Sequence(
                      tf.constant(StdArrays.ndCopyOf(features)), tf.constant(targetLengths)),
                  tf.constant(previous),
                  tokens)
              .logProbabilities();
      graph.initialize();
      Map<String, float[]> parameters = graph.read();
      try (Result result = graph.session().runner().fetch(all).run()) {
        TFloat32 values = (TFloat32) result.get(0);
        for (int row = 0; row < 3; row++) {
          double sum = 0;
          for (int t = 0; t < targetLengths[row]; t++) {
            sum += values.getFloat(row, t, target[row][t]);
          }
          Paper paper = new Paper(parameters, Arrays.copyOf(memory[row], lengths[row]), maxStep);
          int[] real = Arrays.copyOf(target[row], targetLengths[row]);
          assertThat(sum)
              .as("row %d", row)
              .isCloseTo(Math.log(paper.likelihood(features[row], real, 0, 0)), within(1e-4));
        }
      }
    }
  }

  private static float[][][] random(Random random, int rows, int length, int depth, float scale) {
    float[][][] values = new float[rows][length][depth];
    for (float[][] row : values) {
      for (float[] vector : row) {
        for (int d = 0; d < depth; d++) {
          vector[d] = scale * (float) random.nextGaussian();
        }
      }
    }
    return values;
  }

  private static TokenBatch sources(Ops tf) {
    int[][] ids = {{4, 9, 9, 5}, {6, 11, 0, 0}, {7, 8, 5, 0}};
    return new TokenBatch(tf.constant(ids), tf.constant(ids), tf.constant(new int[] {4, 2, 3}));
  }

  private static TokenBatch targets(Ops tf) {
    int[][] ids = {{4, 4, 5}, {6, 1, 0}, {5, 0, 0}};
    return new TokenBatch(tf.constant(ids), tf.constant(ids), tf.constant(new int[] {3, 2, 1}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", order: 1, max_step: 2", ", units: 3"})
  void gradientsAgreeWithFiniteDifferences(String output) {
    for (String tie : List.of("none", "output")) {
      try (ModelGraph graph = new ModelGraph(1, 2)) {
        Scope scope = graph.scope(true);
        Operand<TFloat32> loss =
            Objectives.of(new CrossEntropy(new CrossEntropy.Config(0.1, 1)))
                .loss(scope, model("", output, tie), sources(scope.tf()), targets(scope.tf()), 2)
                .mean(scope.tf());
        GradientCheck.check(graph, loss, 5e-3, 5, 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", order: 1"})
  void aHypothesisScoresWhatItDoesWhenForced(String output) {
    int compared = 0;
    for (int seed = 1; seed <= 3; seed++) {
      try (ModelGraph graph = new ModelGraph(seed, 2)) {
        TokenPredictor inference = TokenPredictor.of(model("", output, "none"), graph);
        graph.initialize();
        Random random = new Random(seed);
        List<TokenIds> sources = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          sources.add(new TokenIds(random.ints(1 + 2 * i, 4, 12).toArray()));
        }
        List<List<Hypothesis>> found =
            inference.search(
                Sources.of(sources),
                new int[] {5, 5, 5, 5},
                SearchConfig.beam(4).withNBest(4),
                true);
        for (int i = 0; i < sources.size(); i++) {
          for (Hypothesis hypothesis : found.get(i)) {
            int[] ids = hypothesis.tokens().stream().mapToInt(it -> it).toArray();
            double forced =
                inference.score(Sources.of(sources.get(i)), List.of(new TokenIds(ids)))[0];
            if (hypothesis.finished()) {
              assertThat(hypothesis.score()).isCloseTo(forced, within(1e-4));
              compared++;
            }
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  @Test
  void whatCannotBeCombinedIsRefused() {
    refused(
        model(", attention: luong", "", "none"),
        "attends to the source by itself",
        "attention: none");
    refused(languageModel(), "a language model has no source: use output: softmax");
    assertThatThrownBy(() -> model("", ", max_step: 3", "none"))
        .hasMessageContaining("max_step belongs to order: 1");
  }

  private static void refused(Seq2SeqModel model, String... words) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      var failure = assertThatThrownBy(() -> TokenPredictor.of(model, graph));
      failure.isInstanceOf(IllegalArgumentException.class);
      for (String word : words) {
        failure.hasMessageContaining(word);
      }
    }
  }
}
