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
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.CopyingOutput;
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
import org.seq4j.runtime.model.output.PointerGeneratorOutput;
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

/** Against See et al. 2017. */
@Timeout(300)
class PointerGeneratorTest {
  private static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));
  private static final int V = 7; // of the target; the source has more

  private static Seq2SeqModel model(String encoder, String decoder, String tie) {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    String yaml =
        """
        embedding: {source: 4, target: 4, tie: %s}
        encoder: {%s, units: 4}
        decoder: {type: rnn, cell: gru, units: 4, %s}
        output: pointer-generator
        """
            .formatted(tie, encoder, decoder);
    return new Seq2SeqModel(
        reader.bind(reader.parse(Path.of("test.yaml"), yaml, List.of()), ModelConfig.class),
        SequenceSpace.ofTokens(12),
        SequenceSpace.ofTokens(V),
        CONTEXT);
  }

  /** The second source token is unknown to the target, and stands twice. */
  private static TokenBatch sources(Ops tf) {
    return new TokenBatch(
        tf.constant(new int[][] {{4, 9, 9, 5}, {6, 11, 0, 0}}),
        tf.constant(new int[][] {{4, V + 1, V + 1, 5}, {6, V + 1, 0, 0}}),
        tf.constant(new int[] {4, 2}));
  }

  private static TokenBatch targets(Ops tf) {
    return new TokenBatch(
        tf.constant(new int[][] {{1, 4, 5}, {6, 1, 0}}),
        tf.constant(new int[][] {{V + 1, 4, 5}, {6, V + 1, 0}}),
        tf.constant(new int[] {3, 2}));
  }

  /** Eq. 9 as it stands. */
  @Test
  void probabilitiesAreThoseOfThePaper() {
    float[][] features = {{0.5f, -1}, {2, 0.3f}};
    float[][] weights = {{0.1f, 0.2f, 0.3f, 0.4f}, {0.7f, 0.3f, 0, 0}};
    int[][] ids = {{4, V + 1, V + 1, 4}, {V, 5, 0, 0}};
    CopyingOutput output = new PointerGeneratorOutput();
    try (ModelGraph graph = new ModelGraph(3, 1)) {
      Scope scope = graph.scope(false);
      Ops tf = scope.tf();
      Operand<TFloat32> all =
          output.logProbabilities(
              scope,
              tf.constant(StdArrays.ndCopyOf(features)),
              new CopyingOutput.Source(
                  tf.constant(StdArrays.ndCopyOf(weights)), tf.constant(StdArrays.ndCopyOf(ids))),
              new TokenOutput.Tokens(V, Optional.empty()));
      graph.initialize();
      Map<String, float[]> parameters = graph.read();
      try (Result result = graph.session().runner().fetch(all).run()) {
        TFloat32 values = (TFloat32) result.get(0);
        for (int n = 0; n < 2; n++) {
          double[] expected = paper(parameters, features[n], weights[n], ids[n]);
          double sum = 0;
          for (int w = 0; w < V + 4; w++) {
            double probability = Math.exp(values.getFloat(n, w));
            assertThat(probability)
                .as("row %d, token %d", n, w)
                .isCloseTo(expected[w], within(1e-5));
            sum += probability;
          }
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  private static double[] paper(
      Map<String, float[]> parameters, float[] features, float[] weights, int[] ids) {
    double[] generate = linear(parameters, "generate", features, 1);
    double p = 1 / (1 + Math.exp(-generate[0]));
    double[] scores = linear(parameters, "projection", features, V);
    double total = Arrays.stream(scores).map(Math::exp).sum();
    double[] probabilities = new double[V + weights.length];
    for (int w = 0; w < V; w++) {
      probabilities[w] = p * Math.exp(scores[w]) / total;
    }
    for (int i = 0; i < weights.length; i++) {
      probabilities[ids[i]] += (1 - p) * weights[i];
    }
    return probabilities;
  }

  private static double[] linear(
      Map<String, float[]> parameters, String name, float[] x, int units) {
    String kernel =
        parameters.keySet().stream()
            .filter(path -> path.startsWith(name + ".kernel"))
            .findFirst()
            .orElseThrow();
    double[] sums = new double[units];
    for (int u = 0; u < units; u++) {
      sums[u] = parameters.get(name + ".bias")[u];
      for (int d = 0; d < x.length; d++) {
        sums[u] += x[d] * parameters.get(kernel)[d * units + u];
      }
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention: luong", "attention: bahdanau, input_feeding: false"})
  void gradientsAgreeWithFiniteDifferences(String decoder) {
    for (String tie : List.of("none", "output")) {
      try (ModelGraph graph = new ModelGraph(1, 2)) {
        Scope scope = graph.scope(true);
        Ops tf = scope.tf();
        Operand<TFloat32> loss =
            Objectives.of(new CrossEntropy(new CrossEntropy.Config(0.1, 1)))
                .loss(
                    scope, model("type: rnn, cell: gru", decoder, tie), sources(tf), targets(tf), 2)
                .mean(tf);
        GradientCheck.check(graph, loss, 5e-3, 5, 1);
      }
    }
  }

  @Test
  void aHypothesisThatCopiesScoresWhatItDoesWhenForced() {
    int copied = 0;
    for (int seed = 1; seed <= 4; seed++) {
      try (ModelGraph graph = new ModelGraph(seed, 2)) {
        TokenPredictor inference =
            TokenPredictor.of(model("type: rnn, cell: gru", "attention: luong", "none"), graph);
        assertThat(inference.copies()).isTrue();
        graph.initialize();
        graph.assign(Map.of("output.generate.bias", new float[] {-1})); // or it would not copy yet
        List<TokenIds> sources = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
          int[] ids = random.ints(2 + i, 4, 12).toArray();
          int[] copies = ids.clone();
          for (int s = 0; s < ids.length; s++) {
            int token = ids[s];
            int first = Arrays.stream(ids).boxed().toList().indexOf(token);
            copies[s] = token < V ? token : V + first;
          }
          sources.add(new TokenIds(ids, copies));
        }
        List<List<Hypothesis>> found =
            inference.search(
                Sources.of(sources),
                new int[] {5, 5, 5, 5},
                SearchConfig.beam(4).withNBest(4),
                true);
        for (int i = 0; i < sources.size(); i++) {
          for (Hypothesis hypothesis : found.get(i)) {
            int[] numbers = hypothesis.tokens().stream().mapToInt(it -> it).toArray();
            int[] ids = Arrays.stream(numbers).map(it -> it < V ? it : 1).toArray();
            double forced =
                inference.score(Sources.of(sources.get(i)), List.of(new TokenIds(ids, numbers)))[0];
            if (hypothesis.finished()) {
              assertThat(hypothesis.score()).isCloseTo(forced, within(1e-4));
            }
            copied += (int) Arrays.stream(numbers).filter(it -> it >= V).count();
          }
        }
      }
    }
    assertThat(copied).isPositive();
  }

  @Test
  void whatCannotCopyIsRefused() {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      assertThatThrownBy(
              () ->
                  TokenPredictor.of(
                      model("type: rnn, cell: gru", "attention: none", "none"), graph))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("output: copying needs a decoder with attention");
    }
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      assertThatThrownBy(
              () ->
                  TokenPredictor.of(
                      model("type: pyramidal, cell: gru, layers: 2", "attention: luong", "none"),
                      graph))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs an encoder of stride 1");
    }
  }
}
