package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Broken components are caught, and the message tells the author what to look at. */
class ContractsCatchTest {
  private static final long UNITS = 4;

  private static void catches(ThrowingCallable test, String... words) {
    var failure = assertThatThrownBy(test).isInstanceOf(AssertionError.class);
    for (String word : words) {
      failure.hasMessageContaining(word);
    }
  }

  /** A linear map, and something wrong with it. */
  @FunctionalInterface
  private interface Wrong {
    Operand<TFloat32> change(Scope scope, Operand<TFloat32> outputs, Sequence source);
  }

  private static EncoderContract encoder(Wrong wrong) {
    return new EncoderContract() {
      @Override
      protected Encoder encoder() {
        return (scope, source) -> {
          Operand<TFloat32> outputs =
              wrong.change(scope, scope.linear("layer", UNITS, true, source.values()), source);
          return new Memory(new Sequence(outputs, source.lengths()), NamedTensors.EMPTY, 1);
        };
      }
    };
  }

  @Test
  void encodersWithWrongGradients() {
    Wrong cut = (scope, x, source) -> scope.tf().math.mul(x, scope.tf().stopGradient(x));
    catches(
        () -> encoder(cut).gradientsAgreeWithFiniteDifferences(),
        "the error of the gradient of model.layer.kernel",
        "stopGradient");
  }

  @Test
  void encodersWithParametersThatNothingLeadsTo() {
    Wrong unused =
        (scope, x, source) ->
            scope
                .tf()
                .math
                .add(
                    x,
                    scope
                        .tf()
                        .stopGradient(scope.linear("forgotten", UNITS, false, source.values())));
    assertThatThrownBy(() -> encoder(unused).gradientsAgreeWithFiniteDifferences())
        .hasMessageContaining(
            "the loss does not depend on these parameters: model.forgotten.kernel");
  }

  @Test
  void encodersThatLookAtPadding() {
    Wrong mean =
        (scope, x, source) -> {
          Ops tf = scope.tf();
          return tf.math.add(x, tf.expandDims(tf.math.mean(x, tf.constant(1)), tf.constant(1)));
        };
    catches(() -> encoder(mean).paddingChangesNothing(), "beyond a sequence's length", "Masks");
    catches(() -> encoder(mean).eachSequenceIsReadAsIfAlone(), "other rows of the batch");
  }

  @Test
  void encodersOfAnotherShape() {
    Wrong longer =
        (scope, x, source) ->
            scope
                .tf()
                .pad(
                    x,
                    scope.tf().constant(new int[][] {{0, 0}, {0, 1}, {0, 0}}),
                    scope.tf().constant(0f));
    catches(
        () -> encoder(longer).shapesAreAsTheInterfaceSays(),
        "the shape of the memory, [B, S / stride, D]");
  }

  @Test
  void encodersThatAreRandomAtInference() {
    Wrong random =
        (scope, x, source) -> {
          Ops tf = scope.tf();
          return tf.math.mul(x, tf.random.randomUniform(tf.shape(x), TFloat32.class));
        };
    catches(
        () -> encoder(random).inferenceGivesTheSameAgain(),
        "something random",
        "for training only");
  }

  @Test
  void encodersThatDivideByNothing() {
    Wrong mean =
        (scope, x, source) -> {
          Ops tf = scope.tf();
          Operand<TFloat32> counts = tf.dtypes.cast(source.lengths(), TFloat32.class);
          Operand<TFloat32> sum =
              tf.reduceSum(Masks.zeroPadding(tf, x, source.lengths()), tf.constant(1));
          Operand<TFloat32> means = tf.math.div(sum, tf.expandDims(counts, tf.constant(1)));
          return tf.math.add(x, tf.expandDims(means, tf.constant(1)));
        };
    catches(() -> finalOf(mean).emptySequencesGiveNumbers(), "a division by its length");
  }

  /** An encoder that ends in what is found at its first position. */
  private static EncoderContract finalOf(Wrong wrong) {
    return new EncoderContract() {
      @Override
      protected Encoder encoder() {
        return (scope, source) -> {
          Ops tf = scope.tf();
          Operand<TFloat32> outputs =
              wrong.change(scope, scope.linear("layer", UNITS, true, source.values()), source);
          Operand<TFloat32> total = tf.reduceSum(outputs, tf.constant(1));
          Operand<TFloat32> counts = tf.dtypes.cast(source.lengths(), TFloat32.class);
          return new Memory(
              new Sequence(outputs, source.lengths()),
              NamedTensors.of(
                  "layer.0.hidden", tf.math.div(total, tf.expandDims(counts, tf.constant(1)))),
              1);
        };
      }
    };
  }

  /** One whose decode sees the mean of all inputs; its steps see their own. */
  private record LookingAhead() implements Decoder {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return NamedTensors.of("mean", CausalConvolutionDecoder.mean(scope.tf(), memory.sequence()));
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      return NamedTensors.EMPTY;
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> input,
        Operand<TInt32> position,
        NamedTensors state) {
      Operand<TFloat32> output = scope.linear("layer", UNITS, true, input);
      return new Step(output, state, Optional.empty(), NamedTensors.EMPTY);
    }

    @Override
    public DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
      Ops tf = scope.tf();
      Operand<TFloat32> mean =
          tf.expandDims(CausalConvolutionDecoder.mean(tf, inputs), tf.constant(1));
      Operand<TFloat32> seen = tf.math.add(inputs.values(), mean);
      return new DecoderOutput(
          Masks.zeroPadding(tf, scope.linear("layer", UNITS, true, seen), inputs.lengths()),
          Optional.empty(),
          NamedTensors.EMPTY);
    }
  }

  /** One that mixes hypotheses: each sees the mean of what all read. */
  private record Mixing() implements Decoder {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return NamedTensors.of("mean", CausalConvolutionDecoder.mean(scope.tf(), memory.sequence()));
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      return NamedTensors.of("mean", prepared.floats("mean"));
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> input,
        Operand<TInt32> position,
        NamedTensors state) {
      Ops tf = scope.tf();
      Operand<TFloat32> mean = state.floats("mean");
      Operand<TFloat32> read = scope.linear("input", mean.shape().get(-1), false, input);
      Operand<TFloat32> all = tf.expandDims(tf.math.mean(read, tf.constant(0)), tf.constant(0));
      Operand<TFloat32> next = tf.math.add(mean, all);
      Operand<TFloat32> output = scope.tf().math.tanh(scope.linear("layer", UNITS, true, next));
      return new Step(output, NamedTensors.of("mean", next), Optional.empty(), NamedTensors.EMPTY);
    }
  }

  private static DecoderContract decoder(Decoder decoder) {
    return new DecoderContract() {
      @Override
      protected Decoder decoder() {
        return decoder;
      }
    };
  }

  @Test
  void decodersThatLookAhead() {
    catches(() -> decoder(new LookingAhead()).laterInputsChangeNothing(), "must not look ahead");
    catches(
        () -> decoder(new LookingAhead()).decodingEqualsStepping(),
        "results of decode, and of single steps");
  }

  @Test
  void decodersThatMixHypotheses() {
    catches(
        () -> decoder(new Mixing()).hypothesesKnowOnlyTheirOwnPast(),
        "each must depend only on its own prefix");
    catches(
        () -> decoder(new Mixing()).eachSequenceIsDecodedAsIfAlone(), "other rows of the batch");
  }

  /** Products with the memory; masked or not, and with queries that are mixed or not. */
  private record Looking(boolean masked, boolean mixes) implements StatelessAttention {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
      Ops tf = scope.tf();
      Operand<TInt32> lengths = memory.sequence().lengths();
      Operand<TFloat32> values = memory.sequence().values();
      return NamedTensors.of("values", values)
          .with("keys", scope.linear("key", queryDepth, false, values))
          .with("real", Masks.real(tf, lengths, Shapes.size(tf, values, 1)));
    }

    @Override
    public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
      Ops tf = scope.tf();
      Operand<TFloat32> mean =
          tf.expandDims(tf.math.mean(query, tf.constant(1)), tf.constant(1)); // [B, 1, D]
      Operand<TFloat32> asked = mixes ? tf.math.add(query, mean) : query;
      Operand<TFloat32> scores =
          tf.train.batchMatMul(
              asked, prepared.floats("keys"), TFloat32.class, BatchMatMul.adjY(true));
      Operand<TFloat32> weights =
          masked ? Masks.softmax(tf, scores, prepared.bools("real")) : tf.nn.softmax(scores);
      return new AttentionOutput(
          tf.train.batchMatMul(weights, prepared.floats("values"), TFloat32.class), weights);
    }
  }

  private static AttentionContract attention(AttentionMechanism attention) {
    return new AttentionContract() {
      @Override
      protected AttentionMechanism attention() {
        return attention;
      }
    };
  }

  @Test
  void attentionToPadding() {
    catches(
        () -> attention(new Looking(false, false)).weightsAreOfRealPositionsAndSumAsSaid(),
        "the weight of padding",
        "Masks.softmax");
    catches(
        () -> attention(new Looking(false, false)).paddingChangesNothing(),
        "beyond a sequence's length");
  }

  @Test
  void attentionThatMixesQueries() {
    catches(
        () -> attention(new Looking(true, true)).queriesAtOnceEqualOneByOne(),
        "must not depend on one another");
  }
}
