package org.seq4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A decoder without recurrence: each output is a layer over the last three inputs and the mean of
 * the memory. Its state is the two inputs before.
 *
 * @param inputDepth E
 * @param units of the output
 */
record CausalConvolutionDecoder(long inputDepth, long units) implements Decoder {
  private static final int BEFORE = 2;
  private static final String CONTEXT = "context";
  private static final String PAST = "past";

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    return NamedTensors.of(CONTEXT, mean(scope.tf(), memory.sequence())); // [B, D]
  }

  /** The mean of what is real, {@code [B, D]}. */
  static Operand<TFloat32> mean(Ops tf, Sequence sequence) {
    Operand<TFloat32> sum =
        tf.reduceSum(Masks.zeroPadding(tf, sequence.values(), sequence.lengths()), tf.constant(1));
    Operand<TFloat32> count =
        tf.dtypes.cast(tf.math.maximum(sequence.lengths(), tf.constant(1)), TFloat32.class); // [B]
    return tf.math.div(sum, tf.expandDims(count, tf.constant(1)));
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    NamedTensors past = NamedTensors.EMPTY;
    for (int i = 0; i < BEFORE; i++) {
      past =
          past.with(
              PAST + i,
              tf.fill(
                  tf.stack(
                      List.of(
                          Shapes.size(tf, prepared.floats(CONTEXT), 0),
                          tf.constant((int) inputDepth))),
                  tf.constant(0f)));
    }
    return past;
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    Operand<TFloat32> context = Shapes.repeat(scope.tf(), prepared.floats(CONTEXT), input);
    Operand<TFloat32> output =
        layer(scope, List.of(state.floats(PAST + 0), state.floats(PAST + 1), input, context));
    NamedTensors next = NamedTensors.of(PAST + 0, state.floats(PAST + 1)).with(PAST + 1, input);
    return new Step(output, next, Optional.empty(), NamedTensors.EMPTY);
  }

  /** All steps at once. */
  @Override
  public DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = inputs.values(); // [B, T, E]
    Operand<TInt32> steps = Shapes.size(tf, x, 1);
    Operand<TFloat32> padded =
        tf.pad(x, tf.constant(new int[][] {{0, 0}, {BEFORE, 0}, {0, 0}}), tf.constant(0f));
    Operand<TInt32> size = tf.stack(List.of(tf.constant(-1), steps, tf.constant((int) inputDepth)));
    List<Operand<TFloat32>> window = new ArrayList<>();
    for (int offset = 0; offset <= BEFORE; offset++) {
      window.add(tf.slice(padded, tf.constant(new int[] {0, offset, 0}), size));
    }
    window.add(alongTime(tf, mean(tf, memory.sequence()), steps));
    return new DecoderOutput(
        Masks.zeroPadding(tf, layer(scope, window), inputs.lengths()),
        Optional.empty(),
        NamedTensors.EMPTY);
  }

  /** {@code [B, D]} to {@code [B, T, D]}. */
  static Operand<TFloat32> alongTime(Ops tf, Operand<TFloat32> x, Operand<TInt32> steps) {
    return tf.tile(
        tf.expandDims(x, tf.constant(1)), tf.stack(List.of(tf.constant(1), steps, tf.constant(1))));
  }

  private Operand<TFloat32> layer(Scope scope, List<Operand<TFloat32>> window) {
    return scope.tf().math.tanh(scope.linear("layer", units, true, window));
  }
}
