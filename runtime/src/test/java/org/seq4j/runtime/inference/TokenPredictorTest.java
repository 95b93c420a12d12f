package org.seq4j.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Timeout(120)
class TokenPredictorTest {
  static final int UNITS = 2;

  @Test
  void aStateMayComeBackInAnotherOrder() {
    float[] expected = scores(state -> state);
    assertThat(scores(state -> NamedTensors.of("b", state.get("b")).with("a", state.get("a"))))
        .containsExactly(expected);
  }

  @Test
  void aStateWithoutOneOfItsTensorsIsRefused() {
    assertThatThrownBy(() -> scores(state -> NamedTensors.of("a", state.get("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a step was given the state tensors [a, b] and returned [a]: return the same names");
  }

  @Test
  void whatTheEncoderMakesOfSourcesIsGivenWithoutPadding() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      TokenPredictor inference =
          TokenPredictor.of(model(new Counting(UnaryOperator.identity())), graph);
      graph.initialize();
      float[] table = graph.read().get("embedding.source"); // this encoder leaves it as it is
      List<TokenIds> sources = List.of(new TokenIds(5, 6), new TokenIds(7), new TokenIds(4, 4, 6));
      List<float[][]> encoded = inference.encode(Sources.of(sources));
      for (int i = 0; i < sources.size(); i++) {
        int[] ids = sources.get(i).ids();
        assertThat(encoded.get(i)).hasNumberOfRows(ids.length);
        for (int t = 0; t < ids.length; t++) {
          assertThat(encoded.get(i)[t])
              .containsExactly(Arrays.copyOfRange(table, ids[t] * UNITS, (ids[t] + 1) * UNITS));
        }
      }
    }
  }

  @Test
  void aModelOfVectorsGeneratesAndHasNoSearch() {
    Seq2SeqModel model =
        model(new Counting(UnaryOperator.identity()), SequenceSpace.ofVectors(UNITS));
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      assertThatThrownBy(() -> TokenPredictor.of(model, graph))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("targets of vectors are generated without a search");
    }
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Predictor predictor = Predictor.of(model, graph);
      assertThat(predictor).isInstanceOf(VectorPredictor.class);
      assertThatThrownBy(() -> EnsemblePredictor.of(List.of(predictor), new double[] {1}))
          .isInstanceOf(RequestException.class)
          .hasMessage("an ensemble needs models that predict tokens and do not copy source tokens");
    }
  }

  @Test
  void anEnsembleTakesSourcesAsEachOfItsModelsReadsThem() {
    try (ModelGraph one = new ModelGraph(1, 1);
        ModelGraph two = new ModelGraph(2, 1)) {
      Seq2SeqModel model = model(new Counting(UnaryOperator.identity()));
      EnsemblePredictor both =
          EnsemblePredictor.of(
              List.of(TokenPredictor.of(model, one), TokenPredictor.of(model, two)),
              new double[] {1, 3});
      one.initialize();
      two.initialize();
      TokenIds source = new TokenIds(5, 6);
      List<SequenceData> read = List.of(source);
      List<TokenIds> target = List.of(new TokenIds(4, 5, 7));
      assertThat(both.score(new Sources(List.of(read, read)), target)[0]).isNegative();
      assertThatThrownBy(() -> both.score(Sources.of(source), target))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected sources for 2 models, got sources for 1");
      assertThatThrownBy(() -> new Sources(List.of(read, List.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "expected the same number of sources for each of one or more models, got [1, 0]");
    }
  }

  /** The scores of the best tokens of the third step. */
  private static float[] scores(UnaryOperator<NamedTensors> change) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      TokenPredictor inference = TokenPredictor.of(model(new Counting(change)), graph);
      graph.initialize();
      try (StepFunction steps = inference.start(Sources.of(new TokenIds(5, 6)), 1, false)) {
        int[] only = {0};
        steps.step(only, only, new int[] {2}, 3);
        steps.step(only, only, new int[] {4}, 3);
        return steps.step(only, only, new int[] {5}, 3).logProbabilities()[0];
      }
    }
  }

  static Seq2SeqModel model(Decoder decoder) {
    return model(decoder, SequenceSpace.ofTokens(8));
  }

  private static Seq2SeqModel model(Decoder decoder, SequenceSpace target) {
    Encoder encoder = (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1);
    ModelConfig.Side side = new ModelConfig.Side(UNITS);
    return new Seq2SeqModel(
        new ModelConfig(
            new ModelConfig.EmbeddingConfig(side, side, ModelConfig.Tie.NONE),
            Component.of(Encoder.class, "made", new NoKeys(), keys -> encoder),
            Component.of(Decoder.class, "made", new NoKeys(), keys -> decoder),
            Optional.empty()),
        SequenceSpace.ofTokens(8),
        target,
        new ComponentContext(Path.of(".")));
  }

  /** Its two states, of one shape, grow apart. */
  private record Counting(UnaryOperator<NamedTensors> change) implements Decoder {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return NamedTensors.of("memory", memory.sequence().values());
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      Operand<TFloat32> zeros =
          scope
              .tf()
              .zerosLike(
                  scope
                      .tf()
                      .reduceSum(prepared.floats("memory"), scope.tf().constant(1))); // [B, D]
      return NamedTensors.of("a", zeros).with("b", zeros);
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> input,
        Operand<TInt32> position,
        NamedTensors state) {
      Operand<TFloat32> a = scope.tf().math.add(state.floats("a"), scope.tf().constant(1f));
      Operand<TFloat32> b = scope.tf().math.sub(state.floats("b"), input);
      return new Step(
          scope.linear("out", UNITS, true, List.of(a, b)),
          change.apply(NamedTensors.of("a", a).with("b", b)),
          Optional.empty(),
          NamedTensors.EMPTY);
    }
  }
}
