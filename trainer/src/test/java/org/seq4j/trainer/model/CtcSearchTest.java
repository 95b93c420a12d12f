package org.seq4j.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.EnsemblePredictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.trainer.objective.Ctc;
import org.seq4j.trainer.objective.Objectives;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/** Searches with scores of CTC, in models with random weights. */
@Timeout(180)
class CtcSearchTest {
  private static final int VOCABULARY = 8;

  private static Seq2SeqModel model() {
    String text =
        """
        embedding: {source: 4, target: 4}
        encoder: {type: pyramidal, cell: gru, units: 4, layers: 2}
        decoder: {type: rnn, cell: gru, units: 5, attention: bahdanau}
        """;
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    ModelConfig config =
        reader.bind(reader.parse(Path.of("model.yaml"), text, List.of()), ModelConfig.class);
    return new Seq2SeqModel(config, VOCABULARY, VOCABULARY, new ComponentContext(Path.of(".")))
        .withCtc(Seq2SeqModel.CtcUse.AVAILABLE);
  }

  private static List<TokenIds> sources() {
    Random random = new Random(3);
    List<TokenIds> all = new ArrayList<>();
    for (int length : new int[] {9, 1, 14, 4}) {
      all.add(new TokenIds(random.ints(length, 4, VOCABULARY).toArray()));
    }
    return all;
  }

  private static SearchConfig search(int size, double weight) {
    SearchConfig config =
        size == 1 ? SearchConfig.greedy() : SearchConfig.beam(size).withNBest(size);
    return config.with("ctc.weight", weight);
  }

  private static List<List<Hypothesis>> found(
      TokenPredictor predictor, List<TokenIds> sources, SearchConfig config) {
    int[] lengths = sources.stream().mapToInt(source -> 4).toArray();
    return predictor.search(Sources.of(sources), lengths, config, true);
  }

  /** The log-likelihood of a target by the objective's own computation, all alignments summed. */
  private static double ctc(ModelGraph graph, Seq2SeqModel model, TokenIds source, int[] target) {
    Scope scope = graph.scope(false);
    TokenBatch sources = batch(scope, source.ids());
    Seq2SeqModel plain = model.withCtc(Seq2SeqModel.CtcUse.NONE);
    Operand<TFloat32> loss =
        Objectives.of(
                List.of(Component.of(Objective.class, "ctc", new Ctc.Config(1), Ctc::new)),
                new ComponentContext(Path.of(".")))
            .loss(scope, plain, sources, batch(scope, target), 1)
            .sum();
    try (var result = graph.session().runner().fetch(loss).run()) {
      return -((TFloat32) result.get(0)).getFloat();
    }
  }

  private static TokenBatch batch(Scope scope, int[] ids) {
    int[][] row = {ids.length == 0 ? new int[1] : ids};
    return new TokenBatch(
        scope.tf().constant(StdArrays.ndCopyOf(row)), scope.tf().constant(new int[] {ids.length}));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.3", "5, 0.3", "5, 0.9", "1, 1", "5, 1"})
  void aFinishedHypothesisScoresTheWeightedSum(int size, double weight) {
    int finished = 0;
    try (ModelGraph graph = new ModelGraph(2, 2)) {
      Seq2SeqModel model = model();
      TokenPredictor predictor = TokenPredictor.of(model, graph);
      graph.initialize();
      for (TokenIds source : sources()) {
        for (Hypothesis one : found(predictor, List.of(source), search(size, weight)).get(0)) {
          if (one.finished()) {
            finished++;
            int[] target = one.tokens().stream().mapToInt(id -> id).toArray();
            double forced = predictor.score(Sources.of(source), List.of(new TokenIds(target)))[0];
            assertThat(one.score())
                .as("%s", one.tokens())
                .isCloseTo(
                    (1 - weight) * forced + weight * ctc(graph, model, source, target),
                    within(1e-3));
          }
        }
      }
    }
    assertThat(finished).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1, 0.4", "5, 0.4", "5, 1"})
  void whatIsSearchedTogetherDoesNotMatter(int size, double weight) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor predictor = TokenPredictor.of(model(), graph);
      graph.initialize();
      List<List<Hypothesis>> together = found(predictor, sources(), search(size, weight));
      for (int i = 0; i < sources().size(); i++) {
        List<Hypothesis> alone =
            found(predictor, List.of(sources().get(i)), search(size, weight)).get(0);
        assertSame(together.get(i), alone);
      }
    }
  }

  private static void assertSame(List<Hypothesis> found, List<Hypothesis> expected) {
    assertThat(found)
        .extracting(Hypothesis::tokens)
        .isEqualTo(expected.stream().map(Hypothesis::tokens).toList());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4));
    }
  }

  @Test
  void withoutWeightItIsTheSearchOfTheDecoderAlone() {
    try (ModelGraph graph = new ModelGraph(1, 2);
        ModelGraph other = new ModelGraph(1, 2)) {
      TokenPredictor predictor = TokenPredictor.of(model(), graph);
      graph.initialize();
      TokenPredictor plain = TokenPredictor.of(model().withCtc(Seq2SeqModel.CtcUse.NONE), other);
      other.initialize();
      List<List<Hypothesis>> found = found(predictor, sources(), search(5, 0));
      List<List<Hypothesis>> nearly = found(predictor, sources(), search(5, 1e-9));
      List<List<Hypothesis>> expected = found(plain, sources(), search(5, 0));
      for (int i = 0; i < expected.size(); i++) {
        assertSame(found.get(i), expected.get(i));
        if (sources().get(i).length() > 8) { // long enough for CTC to exclude nothing
          assertSame(nearly.get(i), expected.get(i));
        }
      }
    }
  }

  @Test
  void withoutADecoderGivenTargetsAreScoredByCtc() {
    try (ModelGraph graph = new ModelGraph(2, 2)) {
      Seq2SeqModel model = model().withCtc(Seq2SeqModel.CtcUse.ALONE);
      TokenPredictor predictor = TokenPredictor.of(model, graph);
      graph.initialize();
      int[] target = {5, 6};
      List<TokenIds> two = List.of(sources().get(0), sources().get(2));
      double[] scores =
          predictor.score(Sources.of(two), List.of(new TokenIds(target), new TokenIds(new int[0])));
      assertThat(scores[0]).isCloseTo(ctc(graph, model, two.get(0), target), within(1e-4));
      assertThat(scores[1]).isCloseTo(ctc(graph, model, two.get(1), new int[0]), within(1e-4));
      assertThat(predictor.hasAttention()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1})
  void anEnsembleOfOneModelTwiceFindsWhatItFinds(double weight) {
    try (ModelGraph graph = new ModelGraph(1, 2);
        ModelGraph other = new ModelGraph(1, 2)) {
      TokenPredictor one = TokenPredictor.of(model(), graph);
      TokenPredictor two = TokenPredictor.of(model(), other);
      graph.initialize();
      other.initialize();
      EnsemblePredictor both = EnsemblePredictor.of(List.of(one, two), new double[] {1, 3});
      assertThat(both.hasCtc()).isTrue();
      Sources twice = new Sources(List.of(List.copyOf(sources()), List.copyOf(sources())));
      List<List<Hypothesis>> found =
          both.search(twice, new int[] {4, 4, 4, 4}, search(5, weight), false);
      List<List<Hypothesis>> expected = found(one, sources(), search(5, weight));
      for (int i = 0; i < expected.size(); i++) {
        assertSame(found.get(i), expected.get(i));
      }
    }
  }
}
