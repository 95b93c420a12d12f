package org.seq4j.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.objective.Loss;
import org.seq4j.trainer.objective.Objectives;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Whole models, put together from configurations with the built-in components. */
@Timeout(180)
class Seq2SeqModelTest {
  private static final int VOCABULARY = 9;
  private static final double TOLERANCE = 2e-2; // of 32-bit floats through a whole model

  private static final float[] FORMER = {0.040634215f, 0.0455079f, 0.09270839f, 0.14595501f};

  private static ModelConfig config(String decoder, String tie) {
    return config("{source: 4, target: 4, tie: " + tie + "}", decoder, 5);
  }

  private static ModelConfig config(String embedding, String decoder, int units) {
    String text =
        String.format(
            Locale.ROOT,
            """
        embedding: %s
        encoder: {type: rnn, units: 3, bidirectional: true}
        decoder: {type: rnn, units: %d, %s}
        """,
            embedding,
            units,
            decoder);
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    return reader.bind(reader.parse(Path.of("model.yaml"), text, List.of()), ModelConfig.class);
  }

  private static Seq2SeqModel model(String decoder, String tie) {
    return new Seq2SeqModel(
        config(decoder, tie), VOCABULARY, VOCABULARY, new ComponentContext(Path.of(".")));
  }

  private static TokenBatch batch(Ops tf, int[][] ids, int... lengths) {
    return new TokenBatch(tf.constant(StdArrays.ndCopyOf(ids)), tf.constant(lengths));
  }

  private static TokenBatch source(Ops tf) {
    return batch(tf, new int[][] {{4, 5, 6}, {7, 8, 0}}, 3, 2);
  }

  private static TokenBatch target(Ops tf) {
    return batch(tf, new int[][] {{8, 4, 0, 0}, {5, 5, 6, 1}}, 2, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention: {type: luong, score: general}, input_feeding: true",
        "attention: {type: bahdanau}, input_feeding: false",
        "context: every-step"
      })
  void gradientsOfTheLossAgreeWithFiniteDifferences(String decoder) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Seq2SeqModel model = model(decoder, "none");
      GradientCheck.check(graph, loss(model, graph), TOLERANCE, 3, 1.5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfTiedEmbeddingsAgreeWithFiniteDifferences(ModelConfig.Tie tie) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Seq2SeqModel model = model("context: initial-state", tie.name().toLowerCase(Locale.ROOT));
      GradientCheck.check(graph, loss(model, graph), TOLERANCE, 4, 1.5);
    }
  }

  private static Operand<TFloat32> loss(Seq2SeqModel model, ModelGraph graph) {
    Scope scope = graph.scope(true);
    return loss(model, scope, 0.1, 1).mean(scope.tf());
  }

  private static Loss loss(Seq2SeqModel model, Scope scope, double smoothing, int parts) {
    return Objectives.of(new CrossEntropy(new CrossEntropy.Config(smoothing, 1)))
        .loss(scope, model, source(scope.tf()), target(scope.tf()), parts);
  }

  @Test
  void theLossIsTheSmoothedCrossEntropyOverRealTokens() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Seq2SeqModel model = model("attention: {type: luong}", "none");
      Scope scope = graph.scope(true);
      ForcedPass scored = model.score(scope, source(scope.tf()), target(scope.tf()));
      Loss whole = loss(model, scope, 0.2, 1);
      Operand<TFloat32> loss = whole.mean(scope.tf());
      graph.initialize();
      double gain = 0;
      for (int row = 0; row < 2; row++) {
        for (int t = 0; t < 5; t++) {
          gain += 0.8 * at(graph, scored.logProbabilities(), row, t);
          gain += 0.2 * at(graph, scored.meanLogProbability(), row, t);
        }
      }
      assertThat(GradientCheck.value(graph, whole.count())).isEqualTo(8);
      assertThat(at(graph, scored.logProbabilities(), 0, 2)).isNegative();
      assertThat(at(graph, scored.logProbabilities(), 0, 3)).isZero();
      assertThat(GradientCheck.value(graph, loss)).isCloseTo(-gain / 8, within(1e-5));
    }
  }

  @Test
  void partsGiveTheLossAndTheGradientsOfTheWhole() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Seq2SeqModel model = model("attention: {type: luong}", "none");
      Scope scope = graph.scope(true);
      List<Operand<TFloat32>> losses = new ArrayList<>();
      List<Operand<TFloat32>> gradients = new ArrayList<>();
      for (int parts : new int[] {1, 2, 3}) { // the third of two rows is empty
        var loss = loss(model, scope, 0.1, parts).mean(scope.tf());
        losses.add(loss);
        List<Operand<TFloat32>> of =
            graph.parameters().paths().stream().map(graph.parameters()::value).toList();
        gradients.add(
            scope
                .tf()
                .math
                .addN(
                    graph.gradients(loss, of).stream()
                        .<Operand<TFloat32>>map(
                            g ->
                                scope
                                    .tf()
                                    .reduceSum(
                                        scope
                                            .tf()
                                            .math
                                            .sin(
                                                scope
                                                    .tf()
                                                    .reshape(
                                                        g, scope.tf().constant(new int[] {-1}))),
                                        scope.tf().constant(0)))
                        .toList()));
      }
      graph.initialize();
      double loss = GradientCheck.value(graph, losses.get(0));
      double gradient = GradientCheck.value(graph, gradients.get(0));
      for (int i = 1; i < 3; i++) {
        assertThat(GradientCheck.value(graph, losses.get(i))).isCloseTo(loss, within(1e-5));
        assertThat(GradientCheck.value(graph, gradients.get(i))).isCloseTo(gradient, within(1e-5));
      }
    }
  }

  private static double at(ModelGraph graph, Operand<TFloat32> matrix, int row, int column) {
    try (var result = graph.session().runner().fetch(matrix).run()) {
      return ((TFloat32) result.get(0)).getFloat(row, column);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention: {type: luong, score: concat}, input_feeding: true",
        "attention: {type: bahdanau}, input_feeding: false",
        "context: every-step"
      })
  void aSourceScoresTheSameAloneAndAmongLongerOnes(String decoder) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor inference = TokenPredictor.of(model(decoder, "none"), graph);
      graph.initialize();
      List<TokenIds> sources = sequences(5, 1);
      List<TokenIds> targets = sequences(5, 2);
      double[] together = inference.score(Sources.of(sources), targets);
      for (int i = 0; i < 5; i++) {
        double alone = inference.score(Sources.of(sources.get(i)), List.of(targets.get(i)))[0];
        assertThat(together[i]).isCloseTo(alone, within(1e-5));
      }
    }
  }

  private static List<TokenIds> sequences(int count, long seed) {
    Random random = new Random(seed);
    List<TokenIds> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new TokenIds(random.ints(1 + 2 * i, 4, VOCABULARY).toArray()));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention: {type: luong}, input_feeding: true",
        "attention: {type: bahdanau}, input_feeding: false",
        "context: every-step"
      })
  void aHypothesisScoresWhatItsOutputDoesWhenForced(String decoder) {
    int finished = 0;
    for (int seed = 1; seed <= 3; seed++) {
      try (ModelGraph graph = new ModelGraph(seed, 2)) {
        TokenPredictor inference = TokenPredictor.of(model(decoder, "none"), graph);
        graph.initialize();
        List<TokenIds> sources = sequences(4, seed);
        List<List<Hypothesis>> found = search(inference, sources, SearchConfig.beam(3));
        for (int i = 0; i < sources.size(); i++) {
          Hypothesis best = found.get(i).get(0);
          int[] tokens = best.tokens().stream().mapToInt(id -> id).toArray();
          double forced =
              inference.score(Sources.of(sources.get(i)), List.of(new TokenIds(tokens)))[0];
          if (best.finished()) { // the forced score counts the end
            finished++;
            assertThat(best.score()).isCloseTo(forced, within(1e-4));
          }
        }
      }
    }
    assertThat(finished).isPositive();
  }

  @Test
  void aBeamOfOneFindsWhatGreedyDoes() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor inference =
          TokenPredictor.of(model("attention: {type: luong}", "none"), graph);
      graph.initialize();
      List<TokenIds> sources = sequences(6, 5);
      List<List<Hypothesis>> beam = search(inference, sources, SearchConfig.beam(1));
      List<List<Hypothesis>> greedy = search(inference, sources, SearchConfig.greedy());
      for (int i = 0; i < sources.size(); i++) {
        assertThat(beam.get(i).get(0).tokens()).isEqualTo(greedy.get(i).get(0).tokens());
        assertThat(beam.get(i).get(0).score())
            .isCloseTo(greedy.get(i).get(0).score(), within(1e-5));
      }
    }
  }

  @Test
  void whatIsSearchedTogetherDoesNotMatter() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor inference =
          TokenPredictor.of(model("attention: {type: luong}", "none"), graph);
      graph.initialize();
      List<TokenIds> sources = sequences(5, 6);
      List<List<Hypothesis>> together = search(inference, sources, SearchConfig.beam(4));
      for (int i = 0; i < sources.size(); i++) {
        Hypothesis alone =
            search(inference, List.of(sources.get(i)), SearchConfig.beam(4)).get(0).get(0);
        assertThat(together.get(i).get(0).tokens()).isEqualTo(alone.tokens());
        assertThat(together.get(i).get(0).score()).isCloseTo(alone.score(), within(1e-4));
      }
    }
  }

  private static List<List<Hypothesis>> search(
      TokenPredictor inference, List<TokenIds> sources, SearchConfig config) {
    return inference.search(
        Sources.of(sources), sources.stream().mapToInt(s -> 12).toArray(), config, true);
  }

  @Test
  void attentionSumsToOneAndIsZeroOnPadding() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor inference =
          TokenPredictor.of(model("attention: {type: luong}", "none"), graph);
      graph.initialize();
      List<TokenIds> sources = sequences(3, 7);
      try (StepFunction steps = inference.start(Sources.of(sources), 2, true)) {
        int[] rows = IntStream.range(0, 6).toArray();
        int[] begin = new int[6];
        Arrays.fill(begin, Vocabulary.BEGIN);
        float[][] weights = steps.step(new int[] {0, 1, 2}, rows, begin, 2).attention();
        for (int row = 0; row < 6; row++) {
          int length = sources.get(row / 2).length();
          double sum = 0;
          for (int s = 0; s < weights[row].length; s++) {
            sum += weights[row][s];
            if (s >= length) {
              assertThat(weights[row][s]).isZero();
            }
          }
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source: 64, target: 16                                               | source | 1
          source: 64, target: 16                                               | target | 1
          source: 64, target: 16, tie: output                                  | source | 1
          source: 64, target: 16, tie: output                                  | target | 0.25
          source: 64, target: 64, tie: all                                     | shared | 0.125
          source: {units: 64, initial_deviation: 0.5}, target: 16              | source | 0.5
          source: {units: 64, initial_deviation: 0.5}, target: 16              | target | 1
          source: 64, target: {units: 16, initial_deviation: 2}, tie: output   | target | 2
          source: 64, target: {units: 64, initial_deviation: 0.3}, tie: all    | shared | 0.3
          """)
  void tablesBeginWithTheirDeviation(String embedding, String table, double expected) {
    float[] values = firstValues("{" + embedding + "}", table);
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    assertThat(Math.sqrt(squares / values.length)).isCloseTo(expected, withinPercentage(5));
  }

  /** What a table of 64 units began with before there was {@code initial_deviation}. */
  @Test
  void theFormerDefaultCanBeHad() {
    assertThat(firstValues("{source: {units: 64, initial_deviation: 0.125}, target: 4}", "source"))
        .startsWith(FORMER);
  }

  private static float[] firstValues(String embedding, String table) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      ComponentContext context = new ComponentContext(Path.of("."));
      ModelConfig config = config(embedding, "bridge: dense", 16);
      Seq2SeqModel model = new Seq2SeqModel(config, 100, 100, context);
      Scope scope = graph.scope(true);
      loss(model, scope, 0, 1);
      graph.initialize();
      return graph.read().get("embedding." + table);
    }
  }
}
