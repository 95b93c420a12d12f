package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.InGraphBeamSearch;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.SamplingPolicy;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Searches with a decoder in a small model, and trains it with its own tokens: uses of {@link
 * Decoder#step} in which the state of a hypothesis is passed on, and may grow. The encoder passes
 * embeddings on and has no final state.
 */
public final class DecoderSearch {
  private static final int VOCABULARY = 8;
  private static final List<TokenIds> SOURCES =
      List.of(new TokenIds(5, 6), new TokenIds(4), new TokenIds(7, 7, 5));
  private static final String BIAS = "output.projection.bias";

  private DecoderSearch() {}

  private static Seq2SeqModel model(Decoder decoder, int depth) {
    Encoder encoder = (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1);
    ModelConfig.Side side = new ModelConfig.Side(depth);
    return new Seq2SeqModel(
        new ModelConfig(
            new ModelConfig.EmbeddingConfig(side, side, ModelConfig.Tie.NONE),
            Component.of(Encoder.class, "made", new NoKeys(), keys -> encoder),
            Component.of(Decoder.class, "made", new NoKeys(), keys -> decoder),
            Optional.empty()),
        VOCABULARY,
        VOCABULARY,
        new ComponentContext(Path.of(".")));
  }

  /** Makes the end more likely, or most hypotheses would be cut before they end. */
  private static void initialize(ModelGraph graph) {
    graph.initialize();
    float[] values = graph.read().get(BIAS);
    values[Vocabulary.END] = 1;
    graph.assign(Map.of(BIAS, values));
  }

  /**
   * Checks that the score of each hypothesis equals the score of its tokens with teacher forcing.
   *
   * @param depth size of embeddings and memory
   */
  public static void scoresAreThoseOfTeacherForcing(Decoder decoder, int depth) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      TokenPredictor inference = TokenPredictor.of(model(decoder, depth), graph);
      initialize(graph);
      int longer = 0;
      for (SearchConfig search :
          List.of(SearchConfig.greedy(), SearchConfig.beam(5), SearchConfig.beam(100))) {
        List<List<Hypothesis>> found =
            inference.search(
                Sources.of(SOURCES), new int[] {4, 6, 5}, search.withNBest(search.size()), false);
        for (int source = 0; source < SOURCES.size(); source++) {
          for (Hypothesis hypothesis : found.get(source)) {
            int[] tokens = hypothesis.tokens().stream().mapToInt(id -> id).toArray();
            if (hypothesis.finished()) {
              double[] score =
                  inference.score(Sources.of(SOURCES.get(source)), List.of(new TokenIds(tokens)));
              assertThat(hypothesis.score()).isCloseTo(score[0], within(1e-4));
              longer += tokens.length > 1 ? 1 : 0;
            }
          }
        }
      }
      assertThat(longer).as("hypotheses of more than one token").isPositive();
    }
  }

  /**
   * Checks that a search in the graph, as in an exported model, finds what the search in Java does.
   *
   * @param depth size of embeddings and memory
   */
  public static void graphFindsTheSame(Decoder decoder, int depth) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Seq2SeqModel model = model(decoder, depth);
      TokenPredictor inference = TokenPredictor.of(model, graph);
      Ops tf = graph.scope(false).tf();
      TokenBatch sources =
          new TokenBatch(
              tf.placeholderWithDefault(
                  tf.constant(new int[][] {{5, 6, 0}, {4, 0, 0}, {7, 7, 5}}),
                  Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)),
              tf.placeholderWithDefault(
                  tf.constant(new int[] {2, 1, 3}), Shape.of(Shape.UNKNOWN_SIZE)));
      SearchConfig greedy = SearchConfig.greedy();
      SearchConfig beam = SearchConfig.beam(3);
      InGraphBeamSearch one = InGraphBeamSearch.of(graph.scope(false), model, sources, greedy);
      InGraphBeamSearch five = InGraphBeamSearch.of(graph.scope(false), model, sources, beam);
      initialize(graph);
      checkSame(graph, one, inference, greedy);
      checkSame(graph, five, inference, beam);
    }
  }

  private static void checkSame(
      ModelGraph graph, InGraphBeamSearch found, TokenPredictor inference, SearchConfig search) {
    int[] most = SOURCES.stream().mapToInt(it -> search.length().maxFor(it.length())).toArray();
    List<List<Hypothesis>> expected = inference.search(Sources.of(SOURCES), most, search, false);
    try (Result result =
        graph
            .session()
            .runner()
            .fetch(found.tokens())
            .fetch(found.lengths())
            .fetch(found.scores())
            .run()) {
      TInt32 tokens = (TInt32) result.get(0);
      TInt32 lengths = (TInt32) result.get(1);
      TFloat32 scores = (TFloat32) result.get(2);
      for (int row = 0; row < SOURCES.size(); row++) {
        int of = row;
        Hypothesis best = expected.get(row).get(0);
        Integer[] said = new Integer[lengths.getInt(row)];
        Arrays.setAll(said, t -> tokens.getInt(of, t));
        assertThat(best.tokens()).containsExactly(said);
        assertThat((double) scores.getFloat(row)).isCloseTo(best.score(), within(1e-4));
      }
    }
  }

  /**
   * Checks that scheduled sampling reads the model's own best tokens, and has gradients.
   *
   * @param depth size of embeddings and memory
   */
  public static void readsItsOwnTokensInTraining(Decoder decoder, int depth) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Seq2SeqModel model = model(decoder, depth);
      TokenPredictor inference = TokenPredictor.of(model, graph);
      Scope scope = graph.scope(true);
      Ops tf = scope.tf();
      TokenBatch source = batch(tf, 7, 7, 5);
      TokenBatch target = batch(tf, 4, 5, 6, 4);
      Operand<TFloat32> never = tf.constant(0f);
      ForcedPass own =
          model.score(
              scope,
              source,
              target,
              Optional.of(new SamplingPolicy(never, SamplingPolicy.Choice.BEST)));
      Operand<TFloat32> loss = tf.reduceSum(own.logProbabilities(), tf.constant(new int[] {0, 1}));
      List<Operand<TFloat32>> gradients =
          graph.gradients(
              loss, graph.parameters().paths().stream().map(graph.parameters()::value).toList());
      initialize(graph);
      try (Result result = graph.session().runner().fetch(loss).fetch(gradients.get(0)).run()) {
        assertThat((double) ((TFloat32) result.get(0)).getFloat())
            .isCloseTo(ofOwnTokens(inference, 4, 5, 6, 4, Vocabulary.END), within(1e-4));
      }
    }
  }

  private static TokenBatch batch(Ops tf, int... ids) {
    return new TokenBatch(
        tf.placeholderWithDefault(
            tf.constant(new int[][] {ids}), Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)),
        tf.placeholderWithDefault(
            tf.constant(new int[] {ids.length}), Shape.of(Shape.UNKNOWN_SIZE)));
  }

  /** Scores labels by single steps, each after the best token of the step before. */
  private static double ofOwnTokens(TokenPredictor inference, int... labels) {
    double score = 0;
    try (StepFunction steps = inference.start(Sources.of(SOURCES.get(2)), 1, false)) {
      int read = Vocabulary.BEGIN;
      for (int label : labels) {
        StepFunction.Candidates next =
            steps.step(new int[] {0}, new int[] {0}, new int[] {read}, 1, new int[][] {{label}});
        score += next.wanted()[0][0];
        read = next.tokens()[0][0];
      }
    }
    return score;
  }
}
